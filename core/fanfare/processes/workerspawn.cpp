// SPDX-License-Identifier: MIT
#include "fanfare/processes/workerspawn.h"

#include <fanfare/processes/childpolicy.h>
#include <fanfare/processes/crashanalysis.h>
#include <fanfare/processes/crashnote.h>
#include <fanfare/processes/crashstore.h>

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTemporaryDir>

#include <csignal>

namespace Fanfare {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcWorkers, "fanfare.workers")

namespace {

class WorkerBelongings final : public WorkerRemains
{
public:
    WorkerBelongings(CrashStore &store, quint64 memoryLimit)
        : m_store(store)
        , m_memoryLimit(memoryLimit)
        , m_folder(QDir::tempPath() + u"/fanfare-worker-XXXXXX"_s)
    {
        auto memory = CrashMemory::create();
        if (memory)
            m_memory = *std::move(memory);
        else
            qCWarning(lcWorkers).noquote() << memory.error().message;
        if (!m_folder.isValid())
            qCWarning(lcWorkers).noquote() << m_folder.errorString();
    }
    ~WorkerBelongings() override { killGroup(); }

    void start(QProcess &process, const QString &hostPath)
    {
        const int descriptor = m_memory ? m_memory->descriptor() : -1;
        applyPolicy({m_memoryLimit, descriptor}, process);
        if (m_folder.isValid())
            process.setWorkingDirectory(m_folder.path());
        process.start(hostPath,
                      {u"worker"_s, QString::number(QCoreApplication::applicationPid()),
                       QString::number(descriptor)});
        m_group = process.processId();
    }

    void killGroup() override
    {
        if (m_group > 0)
            ::kill(-pid_t(m_group), SIGKILL);
    }

    QCborMap crashReport(const WorkerEnd &end) override
    {
        const QCborMap report =
            toMap(analyzeCrash(end, m_memory ? &m_memory->note() : nullptr, m_memoryLimit));
        m_store.keep(report);
        return report;
    }

private:
    CrashStore &m_store;
    const quint64 m_memoryLimit;
    const QTemporaryDir m_folder; // the worker's working directory
    std::unique_ptr<CrashMemory> m_memory;
    qint64 m_group = 0;
};

} // namespace

WorkerSpawn::WorkerSpawn(WorkerSpawnOptions options)
    : m_options(std::move(options))
    , m_store(std::make_unique<CrashStore>())
{
}

WorkerSpawn::~WorkerSpawn() = default;

std::unique_ptr<WorkerRemains> WorkerSpawn::start(QProcess &process) const
{
    auto belongings = std::make_unique<WorkerBelongings>(*m_store, m_options.memoryLimit);
    belongings->start(process, m_options.hostPath);
    return belongings;
}

} // namespace Fanfare
