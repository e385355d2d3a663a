// SPDX-License-Identifier: MIT
#include "support/networknamespace.h"

#include <QProcess>
#include <QStandardPaths>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fanfare::Test {

static int nextNumber = 0; // how many this process has made

static QString nameOf(int number)
{
    return u"fanfare-%1-%2"_s.arg(getpid()).arg(number);
}

/// An interface has at most 15 characters.
static QString cableOf(int number)
{
    return u"ff%1-%2"_s.arg(getpid()).arg(number);
}

/// Addresses that hardly anybody uses; each cable has a network of four.
static QString addressOf(int number, int end)
{
    return u"10.213.%1.%2"_s.arg(getpid() % 250).arg(4 * (number % 60) + end);
}

NetworkNamespace::NetworkNamespace()
    : m_number(nextNumber++)
{
    const QString name = nameOf(m_number);
    const QString ours = cableOf(m_number);
    const QString theirs = u"cable"_s;
    const QString network = u"/30"_s;
    (void)(ip({u"netns"_s, u"add"_s, name})
           && ip({u"link"_s, u"add"_s, ours, u"type"_s, u"veth"_s, u"peer"_s, u"name"_s, theirs,
                  u"netns"_s, name})
           && ip({u"addr"_s, u"add"_s, addressOf(m_number, 1) + network, u"dev"_s, ours})
           && ip({u"link"_s, u"set"_s, ours, u"up"_s})
           && ip({u"-n"_s, name, u"addr"_s, u"add"_s, addressOf(m_number, 2) + network, u"dev"_s,
                  theirs})
           && ip({u"-n"_s, name, u"link"_s, u"set"_s, theirs, u"up"_s})
           && ip({u"-n"_s, name, u"link"_s, u"set"_s, u"lo"_s, u"up"_s}));
}

NetworkNamespace::~NetworkNamespace()
{
    const QString problem = m_problem;
    ip({u"link"_s, u"del"_s, cableOf(m_number)});
    ip({u"netns"_s, u"del"_s, nameOf(m_number)});
    m_problem = problem;
}

QString NetworkNamespace::whyMissing()
{
    if (geteuid() != 0)
        return u"Only root may make network namespaces."_s;
    if (QStandardPaths::findExecutable(u"ip"_s).isEmpty())
        return u"The program ip is missing; install iproute2."_s;
    return NetworkNamespace().problem();
}

bool NetworkNamespace::ip(const QStringList &arguments)
{
    QProcess process;
    process.start(u"ip"_s, arguments);
    process.waitForFinished();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    if (m_problem.isEmpty())
        m_problem = u"ip %1 failed: %2"_s.arg(
            arguments.join(u' '), QString::fromUtf8(process.readAllStandardError()).trimmed());
    return false;
}

QString NetworkNamespace::ourAddress() const
{
    return addressOf(m_number, 1);
}

QStringList NetworkNamespace::command() const
{
    return {u"ip"_s, u"netns"_s, u"exec"_s, nameOf(m_number)};
}

void NetworkNamespace::cut()
{
    ip({u"link"_s, u"set"_s, cableOf(m_number), u"down"_s});
}

void NetworkNamespace::restore()
{
    ip({u"link"_s, u"set"_s, cableOf(m_number), u"up"_s});
}

} // namespace Fanfare::Test
