// SPDX-License-Identifier: MIT
#include "fanfare/processes/workerspawn.h"

#include <QCoreApplication>

#include <csignal>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

class GroupRemains final : public WorkerRemains
{
public:
    explicit GroupRemains(qint64 group)
        : m_group(group)
    {
    }
    ~GroupRemains() override { killGroup(); }

    void killGroup() override
    {
        if (m_group > 0)
            ::kill(-pid_t(m_group), SIGKILL);
    }

    QCborMap crashReport(const WorkerEnd &end) override
    {
        return {{u"signal"_s, end.signal}, {u"exitCode"_s, end.exitCode}, {u"pid"_s, end.pid}};
    }

private:
    const qint64 m_group;
};

} // namespace

std::unique_ptr<WorkerRemains> WorkerSpawn::start(QProcess &process) const
{
    // Only functions that are safe between fork and exec.
    process.setChildProcessModifier([] { setsid(); });
    process.start(m_options.hostPath,
                  {u"worker"_s, QString::number(QCoreApplication::applicationPid())});
    return std::make_unique<GroupRemains>(process.processId());
}

} // namespace Fanfare
