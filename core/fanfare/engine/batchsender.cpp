// SPDX-License-Identifier: MIT
#include "fanfare/engine/batchsender.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/tracecodec.h>

#include <algorithm>

namespace Fanfare {

static constexpr qint64 shortestInterval = 17; ///< ms, one frame of a screen
static constexpr qint64 longestInterval = 500; ///< ms
/// Looking at what is open holds up those who work on it: with 100,000 waiting coroutines a look
/// takes tens of milliseconds. So looks take a sixth of the time at most.
static constexpr qint64 restFactor = 5;
static constexpr qint64 longestSilence = 250'000'000; ///< ns while tasks run and nothing changes

BatchSender::BatchSender(Recorder &recorder, const EmitScheduler &scheduler, OutputCapture &output,
                         PipeWriter &writer, QObject *parent)
    : QObject(parent)
    , m_recorder(recorder)
    , m_scheduler(scheduler)
    , m_output(output)
    , m_writer(writer)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &BatchSender::look);
}

void BatchSender::wake()
{
    m_isQuiet = false;
    if (!m_timer.isActive())
        m_timer.start(int(shortestInterval));
}

void BatchSender::hurry()
{
    if (m_timer.remainingTime() > shortestInterval)
        m_timer.start(int(shortestInterval));
}

void BatchSender::look()
{
    const qint64 start = MonotonicClock::now();
    if (!m_writer.isCongested())
        drain();
    if (m_isQuiet)
        return;
    const qint64 rest = (MonotonicClock::now() - start) * restFactor / 1'000'000;
    m_timer.start(int(std::clamp(rest, shortestInterval, longestInterval)));
}

/// What is open as one string of bytes, to see whether anything changed.
static QByteArray fingerprint(const LiveSample &live)
{
    QByteArray bytes;
    const auto add = [&](const auto &value) {
        bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    };
    for (const OpenTask &open : live.running) {
        add(open.task.emission);
        add(open.task.index);
        add(open.started);
        add(open.progress);
    }
    for (const OpenTask &open : live.queued)
        add(open.task.emission);
    add(live.queuedCount);
    return bytes;
}

bool BatchSender::hasNews(const TraceBatch &batch)
{
    const QByteArray live = fingerprint(batch.live);
    const bool isNew = !batch.isEmpty() || live != m_lastLive
        || m_scheduler.emissions() != m_lastEmissions || m_scheduler.queue() != m_lastQueue
        || (!batch.live.running.empty() && batch.live.time - m_lastSent > longestSilence);
    m_lastLive = live;
    m_lastEmissions = m_scheduler.emissions();
    m_lastQueue = m_scheduler.queue();
    return isNew;
}

void BatchSender::drain()
{
    const bool hasPartialLines = m_output.flushStale();
    // Counted before the drain: what is accepted during it keeps this from becoming quiet.
    const quint64 accepted = m_scheduler.tasks();
    const TraceBatch batch = m_recorder.drain();
    m_finished += batch.spans.size() + batch.droppedSpans;
    Q_EMIT reported(m_finished);
    if (hasNews(batch))
        send(batch);
    if (hasPartialLines || m_finished != accepted || !m_scheduler.isEmpty() || !batch.isEmpty())
        return;
    m_isQuiet = true;
    Q_EMIT becameQuiet();
}

static void sendFrame(PipeWriter &writer, EngineReport report, const QByteArray &payload,
                      FrameFlag flag)
{
    writer.send(quint16(report), payload, 0, flag);
}

void BatchSender::reportProgress()
{
    sendProgress(MonotonicClock::now());
}

void BatchSender::sendProgress(qint64 time)
{
    const CounterFact counters{m_scheduler.emissions(), m_scheduler.tasks(), m_finished,
                               m_lastQueue};
    sendFrame(m_writer, EngineReport::Progress,
              encode(ProgressMessage{time, counters, m_scheduler.progress()}), NoFrameFlag);
}

void BatchSender::send(const TraceBatch &batch)
{
    m_lastSent = batch.live.time;
    sendProgress(batch.live.time);
    TraceEncoder encoder(batch);
    while (!encoder.isFinished()) {
        const QByteArray payload = encoder.encode();
        sendFrame(m_writer, EngineReport::Batch, payload,
                  encoder.isFinished() ? NoFrameFlag : UnfinishedFrame);
    }
}

} // namespace Fanfare
