// SPDX-License-Identifier: MIT
#include "fanfare/engine/engineparts.h"

#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <algorithm>
#include <cstring>
#include <unistd.h>

namespace Fanfare {

static constexpr int sampledQueue = 200; ///< queued tasks that are listed one by one
/// Running ones that are: more than anybody can look at, and 1.4 MB to send each time.
static constexpr size_t sampledRunning = 20'000;
static constexpr quint64 addressRoom = quint64(1) << 30; ///< bytes: what is reserved, not used

static HandlerPlace placeOf(const EngineOptions &options)
{
    const bool isElsewhere =
        options.executor == ExecutorKind::Processes || options.executor == ExecutorKind::Cluster;
    return isElsewhere ? HandlerPlace::Workers : HandlerPlace::Here;
}

static EmitScheduler::Queue queueOf(const EngineOptions &options)
{
    const bool hasQueue = options.executor != ExecutorKind::Inline;
    return {hasQueue ? options.queueBound : 0, options.onFull};
}

EngineParts::EngineParts(const EngineOptions &options, std::unique_ptr<FlightFile> flight,
                         PipeWriter &writer, const QString &hostPath, const ClusterMaker &maker)
    : m_flight(std::move(flight))
    , m_output(std::make_unique<OutputCapture>(captureOptions()))
    , m_executor(makeExecutor(options, hostPath, maker))
    , m_emitter(std::make_unique<EventEmitter>(m_linker, *m_executor))
    , m_scheduler(std::make_unique<EmitScheduler>(*m_emitter, m_recorder, writer, m_flight->log(),
                                                  queueOf(options)))
    , m_sender(std::make_unique<BatchSender>(m_recorder, *m_scheduler, *m_output, writer))
    , m_catalog(std::make_unique<PluginCatalog>(m_linker, ProbeOptions{hostPath}, placeOf(options),
                                                options.rules))
{
    m_recorder.setSampler([this] { return sample(); });
    QObject::connect(m_scheduler.get(), &EmitScheduler::emitted, m_sender.get(),
                     &BatchSender::wake);
    QObject::connect(m_scheduler.get(), &EmitScheduler::reportsWanted, m_sender.get(),
                     &BatchSender::hurry);
    QObject::connect(m_sender.get(), &BatchSender::reported, m_scheduler.get(),
                     &EmitScheduler::setReported);
    QMetaObject::invokeMethod(m_sender.get(), &BatchSender::wake); // the first lines and lanes
}

EngineParts::~EngineParts()
{
    m_recorder.setSampler({});
}

LiveSample EngineParts::sample() const
{
    LiveSample sample = m_executor->sample(sampledQueue);
    if (sample.running.size() > sampledRunning)
        sample.running.resize(sampledRunning);
    return sample;
}

OutputCapture::Options EngineParts::captureOptions()
{
    return {[this](LogLine &&line) { m_recorder.log(std::move(line)); },
            [this] { wakeFromAnyThread(); }, [this](const LogLine &line) { keepLastWords(line); }};
}

/// One queued call at a time, however much is printed.
void EngineParts::wakeFromAnyThread()
{
    if (m_isWakeDue.exchange(true))
        return;
    QMetaObject::invokeMethod(
        &m_receiver,
        [this] {
            m_isWakeDue = false;
            if (m_sender)
                m_sender->wake();
        },
        Qt::QueuedConnection);
}

void EngineParts::keepLastWords(const LogLine &line)
{
    FlightLog &log = m_flight->log();
    const QByteArray text = line.text.toUtf8().left(FlightLog::lastWordsSize - 1);
    std::lock_guard lock(m_lastWordsMutex);
    std::memcpy(log.lastWords.data(), text.constData(), size_t(text.size()) + 1);
    log.lastWordsTime.store(line.time, std::memory_order_release);
}

std::optional<ClusterFact> EngineParts::clusterFact() const
{
    return m_clusterFact ? std::optional(m_clusterFact()) : std::nullopt;
}

std::unique_ptr<Executor> EngineParts::makeExecutor(const EngineOptions &options,
                                                    const QString &hostPath,
                                                    const ClusterMaker &maker)
{
    if (options.executor == ExecutorKind::Cluster)
        return makeCluster(options, maker);
    if (options.executor == ExecutorKind::Processes)
        return makeProcessPool(options, hostPath);
    if (options.executor == ExecutorKind::Threads)
        return makeThreadPool(options);
    return makeInline();
}

std::unique_ptr<Executor> EngineParts::makeCluster(const EngineOptions &options,
                                                   const ClusterMaker &maker)
{
    Result<ClusterPart> part = maker
        ? maker(options, m_recorder)
        : Error{ErrorCode::Unsupported, QStringLiteral("This engine reaches no other hosts.")};
    if (!part) {
        m_problem = part.error().message;
        return makeInline(); // the other parts need one; nothing is emitted to it
    }
    m_clusterFact = std::move(part->fact);
    return std::move(part->executor);
}

std::unique_ptr<Executor> EngineParts::makeInline()
{
    InlineOptions inlineOptions;
    inlineOptions.recorder = &m_recorder;
    inlineOptions.flightSlot = &m_flight->log().slots[0];
    inlineOptions.measuresCpu = true;
    return std::make_unique<InlineExecutor>(inlineOptions);
}

std::unique_ptr<Executor> EngineParts::makeThreadPool(const EngineOptions &options)
{
    ThreadPoolOptions poolOptions;
    poolOptions.workers = options.workers;
    poolOptions.queueBound = size_t(options.queueBound);
    if (options.onFull == FullPolicy::DropOldest) // the scheduler does the rest, without blocking
        poolOptions.fullPolicy = FullPolicy::DropOldest;
    poolOptions.recorder = &m_recorder;
    poolOptions.flightSlots = m_flight->log().slots;
    poolOptions.measuresCpu = true;
    return std::make_unique<ThreadPoolExecutor>(poolOptions);
}

/// Half of the machine for one worker: the others, and the user, keep something to live on.
static quint64 workerMemoryLimit()
{
    return quint64(sysconf(_SC_PHYS_PAGES)) * quint64(sysconf(_SC_PAGESIZE)) / 2 + addressRoom;
}

std::unique_ptr<Executor> EngineParts::makeProcessPool(const EngineOptions &options,
                                                       const QString &hostPath)
{
    ProcessPoolOptions poolOptions;
    poolOptions.workers = options.workers;
    poolOptions.queueBound = size_t(options.queueBound);
    if (options.onFull == FullPolicy::DropOldest) // as above
        poolOptions.fullPolicy = FullPolicy::DropOldest;
    poolOptions.recorder = &m_recorder;
    poolOptions.hostPath = hostPath;
    poolOptions.memoryLimit = workerMemoryLimit();
    poolOptions.crashed = [this](const HandlerIdentity &handler, const QString &text) {
        QMetaObject::invokeMethod(
            &m_receiver,
            [this, handler, text] {
                if (m_catalog)
                    m_catalog->countCrash(handler, text);
            },
            Qt::QueuedConnection);
    };
    poolOptions.startAhead = options.startAhead;
    return std::make_unique<ProcessPoolExecutor>(poolOptions);
}

} // namespace Fanfare
