// SPDX-License-Identifier: MIT
#include "journalcases.h"

#include "benchprogram.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/runs/runwriter.h>

#include <QFile>
#include <QTemporaryDir>

#include <optional>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

static constexpr qint64 workTime = 100'000; // ns of a task
static constexpr quint64 calibration = 20'000'000;

/// So much arithmetic that no compiler leaves it out.
static void compute(quint64 steps)
{
    volatile quint64 sum = 0;
    for (quint64 i = 0; i < steps; ++i)
        sum = sum * 31 + i;
}

/// The steps of workTime on this machine.
static quint64 stepsOfATask()
{
    const qint64 begin = MonotonicClock::threadCpu();
    compute(calibration);
    return calibration * workTime / quint64(MonotonicClock::threadCpu() - begin);
}

/// Runs \a count tasks and drains their spans 60 times a second, into \a path unless it is empty.
static std::vector<double> runTasks(quint64 count, quint64 steps, const QString &path)
{
    QFile file(path);
    std::optional<RunWriter> writer;
    if (!path.isEmpty()) {
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
            fail("cannot write a run");
        writer.emplace(file, RunInfo{.id = u"run"_s});
    }
    Recorder recorder;
    ThreadPoolExecutor executor({.workers = 2, .queueBound = count, .recorder = &recorder});
    EventLinker linker;
    SubscriberOptions options;
    options.handler.run = [steps](Context &) {
        compute(steps);
        return QCborValue();
    };
    const Event event(u"Event"_s);
    if (!linker.subscribe({event}, std::move(options)))
        fail("cannot subscribe");
    EventEmitter emitter(linker, executor);

    const qint64 begin = MonotonicClock::now();
    const double cpu = processCpu();
    for (quint64 i = 0; i < count; ++i)
        (void)emitter.emit(event);
    TraceBatch batch;
    bool isIdle = false;
    while (!isIdle) {
        isIdle = executor.waitUntilIdle(std::chrono::milliseconds(16));
        recorder.drain(batch);
        if (writer) {
            writer->add(batch);
            writer->flush();
        }
    }
    if (writer && !writer->finish(count))
        fail("cannot write a run");
    return {double(MonotonicClock::now() - begin) / double(count),
            (processCpu() - cpu) * 1e9 / double(count)};
}

Family journalFamily(const BenchSettings &settings)
{
    Family family;
    family.name = u"journal"_s;
    family.title = u"Tasks of 100 µs on 2 workers, kept in a file or not"_s;
    family.columns = {u"ns a task"_s, u"CPU ns a task"_s};
    const quint64 count = settings.scaled(40'000);
    const quint64 steps = stepsOfATask();
    const auto folder = std::make_shared<QTemporaryDir>();
    family.cases = {
        {u"not_kept"_s, [=] { return runTasks(count, steps, {}); }},
        {u"kept"_s, [=] { return runTasks(count, steps, folder->filePath(u"j.ffrun"_s)); }}};
    return family;
}

} // namespace Fanfare::Bench
