// SPDX-License-Identifier: MIT
// J1: what records a run is killed at any moment; its file opens, and tells the truth.
#include "journalbar.h"
#include "bar.h"
#include "chaosrun.h"

#include <fanfare/base/clock.h>
#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runrecorder.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr qint64 mostLost = 200'000'000; // ns of spans

/// The span number \a index of every run of this bar.
static SpanRecord knownSpan(quint64 index)
{
    SpanRecord span;
    span.task = {EmissionId(index + 1), quint16(index % 3)};
    span.subscriber = SubscriberId(index % 7 + 1);
    span.event = quint32(index % 5 + 1);
    span.lane = LaneId(index % 4);
    span.queued = qint64(index * 1'000);
    span.started = span.queued + qint64(index * index % 9'973);
    span.finished = span.started + qint64(index * 7'919 % 50'021);
    span.cpu = qint64(index % 11) - 1;
    span.outcome = index % 13 == 0 ? Outcome::Failed : Outcome::Succeeded;
    return span;
}

static bool isKnown(const SpanRecord &span, quint64 index)
{
    const SpanRecord known = knownSpan(index);
    return span.task == known.task && span.subscriber == known.subscriber
        && span.event == known.event && span.lane == known.lane && span.queued == known.queued
        && span.started == known.started && span.finished == known.finished && span.cpu == known.cpu
        && span.outcome == known.outcome;
}

/// A task that is open as long as the recorder lives.
static constexpr TaskId endlessTask{EmissionId(quint64(1) << 40), 0};

int runDoomedRecorder(const QString &path)
{
    auto recorder = RunRecorder::create(path, {.executor = u"threads"_s, .workers = 2});
    if (!recorder)
        return 1;
    std::mt19937_64 random(std::random_device{}());
    quint64 next = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        TraceBatch batch;
        for (quint64 count = random() % 400; count > 0; --count)
            batch.spans.push_back(knownSpan(next++));
        batch.live.time = MonotonicClock::now();
        batch.live.running = {{.task = endlessTask, .queued = 1, .started = 2}};
        (*recorder)->add(batch);
        std::printf("%llu %lld\n", static_cast<unsigned long long>(next),
                    static_cast<long long>(MonotonicClock::now()));
        std::fflush(stdout);
    });
    timer.start(2);
    return QCoreApplication::exec();
}

namespace {

/// What came out of one recording that was killed.
struct Remains
{
    quint64 spans = 0;
    quint64 wrong = 0;
    quint64 missing = 0; ///< that were handed over more than mostLost before the end
    double lost = 0;     ///< ms of spans that are not in the file
    bool isTorn = false;
    bool knowsOpen = false; ///< what was open is Interrupted
    bool hasToKnow = false; ///< it was said more than mostLost before the end
    QString problem;
};

} // namespace

static void readSpans(const QString &path, Remains &remains)
{
    Result<RunReader> reader = RunReader::open(path);
    if (!reader) {
        remains.problem = reader.error().message;
        return;
    }
    TraceBatch batch;
    while (reader->read(batch)) { }
    remains.isTorn = !reader->damage().isEmpty();
    remains.knowsOpen =
        std::erase_if(batch.spans,
                      [](const SpanRecord &span) {
                          return span.task == endlessTask && span.outcome == Outcome::Interrupted;
                      })
        == 1;
    remains.spans = batch.spans.size();
    for (quint64 index = 0; index < remains.spans; ++index)
        remains.wrong += !isKnown(batch.spans[index], index);
}

/// Compares the file with what the recorder said in \a lines before it was killed at \a end.
static void countMissing(const QByteArray &lines, qint64 end, Remains &remains)
{
    quint64 due = 0;
    qint64 firstLost = end;
    for (const QByteArray &line : lines.split('\n')) {
        const QList<QByteArray> parts = line.split(' ');
        if (parts.size() != 2)
            continue;
        const quint64 spans = parts[0].toULongLong();
        const qint64 time = parts[1].toLongLong();
        if (time <= end - mostLost)
            due = spans;
        remains.hasToKnow = remains.hasToKnow || time <= end - mostLost;
        if (spans > remains.spans)
            firstLost = std::min(firstLost, time);
    }
    remains.missing = due > remains.spans ? due - remains.spans : 0;
    remains.lost = double(end - firstLost) / 1e6;
}

static Remains recordAndKill(const QString &path, std::chrono::microseconds life)
{
    Remains remains;
    QProcess recorder;
    recorder.start(QCoreApplication::applicationFilePath(), {u"doomed-recorder"_s, path});
    if (!recorder.waitForReadyRead(10'000)) {
        remains.problem = u"the program that records does not start"_s;
        return remains;
    }
    std::this_thread::sleep_for(life); // the moment of its death is what is tried
    const qint64 end = MonotonicClock::now();
    recorder.kill();
    recorder.waitForFinished();
    readSpans(path, remains);
    countMissing(recorder.readAllStandardOutput(), end, remains);
    return remains;
}

BarResult runJournal(const BarOptions &options)
{
    const quint64 rounds = options.schedules.value_or(500);
    std::mt19937_64 random(options.seed.value_or(1));
    const QTemporaryDir folder;
    std::vector<double> lost;
    Remains all;
    quint64 torn = 0;
    quint64 forgotten = 0;
    for (quint64 i = 0; i < rounds && all.problem.isEmpty(); ++i) {
        const QString path = folder.filePath(u"%1.ffrun"_s.arg(i));
        const Remains one = recordAndKill(path, std::chrono::microseconds(random() % 600'000));
        all.spans += one.spans;
        all.wrong += one.wrong;
        all.missing += one.missing;
        all.problem = one.problem;
        torn += one.isTorn;
        forgotten += one.hasToKnow && !one.knowsOpen ? 1 : 0;
        lost.push_back(one.lost);
        QFile::remove(path);
    }
    std::ranges::sort(lost);
    BarResult bar{{{u"rounds"_s, qint64(rounds)},
                   {u"spans"_s, qint64(all.spans)},
                   {u"wrong"_s, qint64(all.wrong)},
                   {u"torn"_s, qint64(torn)},
                   {u"openTasksForgotten"_s, qint64(forgotten)},
                   {u"lostMs50"_s, percentile(lost, 0.5)},
                   {u"lostMs"_s, lost.empty() ? 0 : lost.back()}},
                  all.problem};
    if (bar.problem.isEmpty() && all.wrong > 0)
        bar.problem = u"%1 spans are not those that were recorded."_s.arg(all.wrong);
    else if (bar.problem.isEmpty() && all.missing > 0)
        bar.problem = u"%1 spans from before the last 200 ms are lost."_s.arg(all.missing);
    else if (bar.problem.isEmpty() && forgotten > 0)
        bar.problem = u"%1 files do not tell the task that was open."_s.arg(forgotten);
    return bar;
}
