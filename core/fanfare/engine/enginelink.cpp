// SPDX-License-Identifier: MIT
#include "fanfare/engine/enginelink.h"

#include "fanfare/engine/enginelinkprivate.h"

namespace Fanfare {

EngineLink::EngineLink(EngineOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(options)))
{
}

EngineLink::~EngineLink() = default;

void EngineLink::start()
{
    if (d->state == Private::State::Stopped)
        d->start();
}

void EngineLink::setOptions(EngineOptions options)
{
    d->options = std::move(options);
}

const EngineOptions &EngineLink::options() const
{
    return d->options;
}

Result<quint64> EngineLink::emitEvent(const EmitCommand &command)
{
    return d->emitEvent(command);
}

void EngineLink::cancelAll()
{
    if (isRunning())
        d->process->send(EngineCommand::CancelAll);
}

void EngineLink::cancel(EmissionId first, quint64 count)
{
    if (isRunning() && number(first) > 0 && count > 0)
        d->process->send(EngineCommand::Cancel, encode(CancelMessage{{first, count}}));
}

void EngineLink::rescanPlugins()
{
    if (isRunning())
        d->process->send(EngineCommand::Rescan);
}

void EngineLink::liftQuarantine(const QByteArray &hash, const QString &handler)
{
    (void)Quarantine(d->options.rules.stateFolder).lift(hash, handler);
    rescanPlugins(); // the engine reads the file again
}

Result<void> EngineLink::setPolicy(const PolicyTarget &target, const PolicyPart &part)
{
    const Result<void> written = PolicyBook(d->options.rules.policyFile).set(target, part);
    rescanPlugins();
    return written;
}

void EngineLink::tryPluginAgain(const QString &path)
{
    if (isRunning())
        d->process->send(EngineCommand::TryAgain, path.toUtf8());
}

void EngineLink::shutdown()
{
    d->shutdown();
}

void EngineLink::kill()
{
    if (d->process)
        d->process->kill();
}

bool EngineLink::isRunning() const
{
    return d->state == Private::State::Running || d->state == Private::State::Leaving;
}

qint64 EngineLink::pid() const
{
    return isRunning() ? d->process->pid() : 0;
}

const CatalogFact &EngineLink::catalog() const
{
    return d->catalog;
}

const ClusterFact &EngineLink::cluster() const
{
    return d->cluster;
}

QString EngineLink::eventOf(EmissionId emission) const
{
    return d->history.eventOf(emission);
}

} // namespace Fanfare
