// SPDX-License-Identifier: MIT
#include "fanfare/processes/workerspawn.h"

#include <fanfare/processes/childpolicy.h>
#include <fanfare/processes/crashanalysis.h>
#include <fanfare/processes/crashnote.h>
#include <fanfare/processes/crashstore.h>
#include <fanfare/processes/runmark.h>

#include <QCoreApplication>
#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>

#include <atomic>
#include <csignal>

namespace Fanfare {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcWorkers, "fanfare.workers")

namespace {

class WorkerBelongings final : public WorkerRemains
{
public:
    WorkerBelongings(CrashStore &store, PoolGuard &guard, quint64 memoryLimit)
        : m_store(store)
        , m_guard(guard)
        , m_mark(RunMark::ofThisProcess(nextWorker()))
        , m_memoryLimit(memoryLimit)
        , m_payloads(PayloadMemory::create())
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
    ~WorkerBelongings() override
    {
        killGroup();
        m_guard.workerEnded(m_mark.worker);
    }

    void start(QProcess &process, const QString &hostPath, WorkerPipes pipes)
    {
        const int note = m_memory ? m_memory->descriptor() : -1;
        const int payloads = m_payloads ? m_payloads->descriptor() : -1;
        applyPolicy({limitWithPayloads(), {note, payloads}, m_mark.toText(), pipes}, process);
        if (m_folder.isValid())
            process.setWorkingDirectory(m_folder.path());
        m_guard.workerStarting(m_mark.worker);
        process.start(hostPath,
                      {u"worker"_s, QString::number(QCoreApplication::applicationPid()),
                       QString::number(note), QString::number(payloads)});
        m_group = process.processId();
        if (m_group > 0)
            m_guard.workerStarted(m_mark.worker, pid_t(m_group));
    }

    void killGroup() override
    {
        if (m_group > 0)
            ::kill(-pid_t(m_group), SIGKILL);
    }

    QCborMap crashReport(const WorkerEnd &end) override
    {
        QCborMap report =
            toMap(analyzeCrash(end, m_memory ? &m_memory->note() : nullptr, m_memoryLimit));
        if (!end.earlier.isEmpty())
            report[u"earlier"_s] = end.earlier;
        m_store.keep(report);
        return report;
    }

    PayloadMemory *payloads() override { return m_payloads.get(); }

private:
    /// What handlers may have is not less because of the address space for payloads.
    quint64 limitWithPayloads() const
    {
        const bool isMore = m_memoryLimit > 0 && m_payloads;
        return m_memoryLimit + (isMore ? quint64(PayloadMemory::mappedSize()) : 0);
    }

    /// Unique in this process, whatever pools it has. From 1.
    static quint64 nextWorker()
    {
        static std::atomic<quint64> last = 0;
        return ++last;
    }

    CrashStore &m_store;
    PoolGuard &m_guard;
    const RunMark m_mark;
    const quint64 m_memoryLimit;
    const std::unique_ptr<PayloadMemory> m_payloads;
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

std::unique_ptr<WorkerRemains> WorkerSpawn::start(QProcess &process, WorkerPipes pipes)
{
    m_guard.start(QFile::encodeName(m_options.hostPath).toStdString());
    auto belongings = std::make_unique<WorkerBelongings>(*m_store, m_guard, m_options.memoryLimit);
    belongings->start(process, m_options.hostPath, pipes);
    return belongings;
}

} // namespace Fanfare
