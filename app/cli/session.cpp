// SPDX-License-Identifier: MIT
#include "cli/session.h"

#include "cli/output.h"

namespace Fanfare::Cli {

using namespace std::chrono_literals;

Session::Session(EngineOptions options)
    : m_link(std::move(options))
{
    m_startGuard.setSingleShot(true);
    m_startGuard.setInterval(30s);
    m_leaveGuard.setSingleShot(true);
    m_leaveGuard.setInterval(5s);
    connect(&m_startGuard, &QTimer::timeout, &m_link, &EngineLink::kill);
    connect(&m_leaveGuard, &QTimer::timeout, &m_link, &EngineLink::kill);
    connect(&m_link, &EngineLink::catalogChanged, this, &Session::beginOnce);
    connect(&m_link, &EngineLink::ended, this, &Session::finish);
}

void Session::start()
{
    m_startGuard.start();
    m_link.start();
}

void Session::beginOnce(const CatalogFact &catalog)
{
    if (m_hasBegun)
        return;
    m_hasBegun = true;
    m_startGuard.stop();
    begin(catalog);
}

void Session::leave()
{
    if (!m_leaveGuard.isActive())
        m_leaveGuard.start();
    m_link.shutdown();
}

void Session::interrupt()
{
    m_isInterrupted = true;
    m_link.kill();
}

/// The link says in a whole sentence what it knows, otherwise only how the process ended.
static QString startProblem(const QString &reason)
{
    return reason.endsWith(u'.')
        ? reason
        : u"The engine ended before it could be used (%1); try again, without --plugins if it "
          u"stays so."_qs.arg(reason);
}

void Session::finish(const EngineEndFact &end)
{
    const bool wasSilent = !m_startGuard.isActive();
    m_startGuard.stop();
    m_leaveGuard.stop();
    if (m_hasBegun) {
        Q_EMIT finished(conclude(end));
        return;
    }
    if (!m_isInterrupted)
        complain(wasSilent
                     ? u"The engine did not answer within 30 s; try again, without --plugins if "
                       u"it stays so."_qs
                     : startProblem(end.reason));
    Q_EMIT finished(NotAllSucceeded);
}

} // namespace Fanfare::Cli
