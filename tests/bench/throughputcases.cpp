// SPDX-License-Identifier: MIT
#include "cases.h"

#include "emitrun.h"
#include "threadpools.h"

namespace Fanfare::Bench {

static constexpr int batch = 64;

/// Tasks, not emissions, so that ten handlers compare with ten tasks of a pool.
static std::vector<double> tasksASecond(const EmitPlan &plan)
{
    const EmitTimes times = runEmissions(plan);
    const double emissions = double(plan.count) * plan.emitters;
    const double tasks = emissions * plan.handlers;
    return {tasks / times.seconds / 1e6, times.callSeconds / emissions * 1e9,
            times.cpuSeconds / tasks * 1e9};
}

static Family throughput(quint64 count, int workers)
{
    Family family;
    family.name = QStringLiteral("throughput_%1").arg(workers);
    family.title = QStringLiteral("No-op tasks, one thread starts them, %1 worker(s)").arg(workers);
    family.columns = {QStringLiteral("M tasks/s"), QStringLiteral("ns an emission, caller"),
                      QStringLiteral("CPU ns a task, all threads")};
    const auto add = [&](const char16_t *name, std::function<std::vector<double>()> run) {
        family.cases.push_back({QString::fromUtf16(name), std::move(run)});
    };
    add(u"qthreadpool_lambda", [=] { return startLambdas(count, workers); });
    add(u"qthreadpool_runnable", [=] { return startRunnables(count, workers); });
    if (const auto group = taskGroup())
        add(u"tbb_task_group", [=] { return group(count, workers); });
    add(u"python_submit",
        [=] { return submitInPython(std::max<quint64>(count / 20, 1), workers); });
    add(u"emit", [=] { return tasksASecond({.count = count, .workers = workers}); });
    add(u"emit_unrecorded",
        [=] { return tasksASecond({.count = count, .workers = workers, .isRecorded = false}); });
    const quint64 fewer = std::max<quint64>(count / 5, 1);
    add(u"emit_10_handlers",
        [=] { return tasksASecond({.count = fewer, .workers = workers, .handlers = 10}); });
    const quint64 batches = std::max<quint64>(count / batch, 1) * batch;
    add(u"emit_batch_64",
        [=] { return tasksASecond({.count = batches, .workers = workers, .batch = batch}); });
    return family;
}

std::vector<Family> throughputFamilies(const BenchSettings &settings)
{
    const quint64 count = settings.scaled(1'000'000);
    return {throughput(count, 2), throughput(count, 1)};
}

std::vector<Family> recordingFamilies(const BenchSettings &settings)
{
    Family family;
    family.name = QStringLiteral("recording");
    family.title = QStringLiteral("Recording on against off, 2 workers");
    family.columns = {QStringLiteral("M tasks/s"), QStringLiteral("ns an emission, caller"),
                      QStringLiteral("CPU ns a task, all threads")};
    const auto add = [&](const QString &name, EmitPlan plan) {
        const QString off = name + QStringLiteral("_off");
        plan.isRecorded = false;
        family.cases.push_back({off, [=] { return tasksASecond(plan); }, off});
        plan.isRecorded = true;
        family.cases.push_back(
            {name + QStringLiteral("_on"), [=] { return tasksASecond(plan); }, off});
    };
    const quint64 count = settings.scaled(1'000'000);
    add(QStringLiteral("emit"), {.count = count});
    add(QStringLiteral("emit_10_handlers"),
        {.count = std::max<quint64>(count / 5, 1), .handlers = 10});
    add(QStringLiteral("emit_batch_64"),
        {.count = std::max<quint64>(count / batch, 1) * batch, .batch = batch});
    return {family};
}

} // namespace Fanfare::Bench
