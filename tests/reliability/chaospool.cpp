// SPDX-License-Identifier: MIT
#include "chaospool.h"

#include "chaosrun.h"

#include <QFile>

#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

ChaosPool::ChaosPool(ProcessPoolOptions options, std::chrono::nanoseconds deadline)
{
    if (options.workers == 0)
        options.workers = 2;
    options.recorder = &m_recorder;
    if (options.hostPath.isEmpty())
        options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    m_executor = std::make_unique<ProcessPoolExecutor>(options);
    m_emitter = std::make_unique<EventEmitter>(m_linker, *m_executor);
    SubscriberOptions subscriber;
    subscriber.handler = remoteHandler(QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/chaos.so"),
                                       u"org.fanfare.chaos"_s, u"chaos"_s);
    subscriber.handler.deadline = deadline;
    (void)*m_linker.subscribe({Event(u"Chaos"_s)}, std::move(subscriber));
}

bool ChaosPool::emitKind(const QString &kind)
{
    return bool(m_emitter->emit(Event(u"Chaos"_s), {{}, {}, {{u"kind"_s, kind}}}));
}

bool ChaosPool::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    const bool isIdle = m_executor->waitUntilIdle(timeout);
    drain();
    return isIdle;
}

void ChaosPool::countOnly()
{
    m_isCountingOnly = true;
}

void ChaosPool::drain()
{
    const TraceBatch batch = m_recorder.drain();
    m_ended += batch.spans.size();
    for (const SpanRecord &span : batch.spans)
        ++m_counts[size_t(span.outcome)];
    laneEvents.insert(laneEvents.end(), batch.laneEvents.begin(), batch.laneEvents.end());
    if (m_isCountingOnly)
        return;
    spans.insert(spans.end(), batch.spans.begin(), batch.spans.end());
    details.insert(details.end(), batch.details.begin(), batch.details.end());
}

qint64 ownMemory()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly)
        ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024
        : 0;
}
