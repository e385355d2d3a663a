// SPDX-License-Identifier: MIT
#include "processrun.h"

#include "benchprogram.h"

#include <fanfare/base/clock.h>

#include <QDir>
#include <QFile>

#include <condition_variable>
#include <mutex>
#include <semaphore>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

static constexpr std::chrono::milliseconds drainPause{16};
static constexpr std::chrono::seconds limit{120};

static double secondsSinceTime(qint64 begin)
{
    return double(MonotonicClock::now() - begin) / 1e9;
}

static HandlerEntryPoint remoteHandler(const QString &name)
{
    HandlerEntryPoint handler;
    handler.run = [](Context &) -> QCborValue { fail("a handler ran in the wrong process"); };
    handler.identity = {u"org.fanfare.test.bench"_s,
                        name,
                        QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/bench/bench.so"),
                        {}};
    return handler;
}

ProcessRun::ProcessRun(int workers)
    : m_executor({.workers = workers,
                  .recorder = &m_recorder,
                  .hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host")})
    , m_emitter(m_linker, m_executor)
    , m_drainer([this](std::stop_token stop) { drain(stop); })
{
    SubscriberOptions nothing;
    nothing.handler = remoteHandler(m_nothing.name());
    (void)*m_linker.subscribe({m_nothing}, std::move(nothing));
    SubscriberOptions echo;
    echo.handler = remoteHandler(m_echo.name());
    echo.onSuccess = [this](Context &, const QCborValue &value) {
        m_echoed(value.toByteArray().size());
    };
    (void)*m_linker.subscribe({m_echo}, std::move(echo));
}

ProcessRun::~ProcessRun() = default;

void ProcessRun::drain(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        for (const SpanRecord &span : m_recorder.drain().spans) {
            m_succeeded += span.outcome == Outcome::Succeeded;
            ++m_recorded;
        }
        never.wait_for(lock, stop, drainPause, [] { return false; });
    }
}

/// Every task ended once, well, and was recorded.
void ProcessRun::checkAccount(quint64 count)
{
    const qint64 begin = MonotonicClock::now();
    while (m_recorded < count && secondsSinceTime(begin) < 5)
        std::this_thread::yield();
    if (m_recorded != count || m_succeeded != count)
        fail("the account of the process pool is not exact");
    m_recorded = m_succeeded = 0;
}

void ProcessRun::warmUp(quint64 tasks)
{
    (void)secondsForNothing(tasks);
}

double ProcessRun::secondsForNothing(quint64 count)
{
    const qint64 begin = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i) {
        if (!m_emitter.emit(m_nothing))
            fail("the process pool refuses an emission");
    }
    if (!m_executor.waitUntilIdle(limit))
        fail("the process pool does not come to rest");
    const double seconds = secondsSinceTime(begin);
    checkAccount(count);
    return seconds;
}

double ProcessRun::secondsForEcho(quint64 count, qsizetype size, int window)
{
    std::counting_semaphore<> room(window);
    std::atomic<quint64> whole = 0;
    m_echoed = [&](qsizetype bytes) {
        whole += bytes == size;
        room.release();
    };
    const Arguments payload{{QByteArray(size, 'x')}, {}, {}}; // made once, as the peers do
    const qint64 begin = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i) {
        room.acquire();
        if (!m_emitter.emit(m_echo, payload))
            fail("the process pool refuses an emission");
    }
    if (!m_executor.waitUntilIdle(limit))
        fail("the process pool does not come to rest");
    const double seconds = secondsSinceTime(begin);
    if (whole != count)
        fail("a payload did not come back whole");
    checkAccount(count);
    return seconds;
}

std::vector<double> ProcessRun::roundTrips(quint64 count)
{
    std::vector<double> times;
    for (quint64 i = 0; i < count; ++i) {
        const qint64 begin = MonotonicClock::now();
        (*m_emitter.emit(m_nothing)).waitForFinished(limit);
        times.push_back(double(MonotonicClock::now() - begin) / 1000);
    }
    checkAccount(count);
    return times;
}

/// The number behind \a key in \a text, in MiB.
static double mebibytes(const QByteArray &text, const char *key)
{
    const qsizetype at = text.indexOf(key);
    return at < 0
        ? 0
        : text.mid(at + qsizetype(strlen(key)), 24).trimmed().split(' ')[0].toDouble() / 1024;
}

std::vector<double> memoryOfChildren()
{
    std::vector<double> sums{0, 0};
    int count = 0;
    for (const QString &thread : QDir(u"/proc/self/task"_s).entryList(QDir::Dirs)) {
        QFile children(u"/proc/self/task/%1/children"_s.arg(thread));
        if (!children.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &pid : children.readAll().simplified().split(' ')) {
            QFile file(u"/proc/%1/smaps_rollup"_s.arg(QString::fromLatin1(pid)));
            if (pid.isEmpty() || !file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray text = file.readAll();
            sums[0] += mebibytes(text, "Rss:");
            sums[1] += mebibytes(text, "Pss:");
            ++count;
        }
    }
    return {sums[0] / std::max(1, count), sums[1] / std::max(1, count)};
}

} // namespace Fanfare::Bench
