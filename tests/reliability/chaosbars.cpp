// SPDX-License-Identifier: MIT
// The bars that kill, cancel and recycle real workers: R1 to R5, R8, R10, R21.
#include "bar.h"
#include "chaosrun.h"

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

static QJsonObject figuresOf(const ChaosResult &result)
{
    QJsonObject figures{{u"recorded"_s, qint64(result.recorded)},
                        {u"kills"_s, qint64(result.kills)},
                        {u"lost"_s, qint64(result.lost)},
                        {u"doubled"_s, qint64(result.doubled)},
                        {u"mostStarts"_s, qint64(result.mostStarts)},
                        {u"callbacks"_s, qint64(result.callbacks)},
                        {u"corrections"_s, qint64(result.corrections)},
                        {u"calmTasks"_s, qint64(result.calmTasks)},
                        {u"wall"_s, result.seconds}};
    for (int i = 0; i < outcomeCount; ++i) {
        if (result.outcomes[size_t(i)] > 0)
            figures[outcomeName(Outcome(i))] = qint64(result.outcomes[size_t(i)]);
    }
    if (!result.knownAfter.empty()) {
        figures[u"known50"_s] = percentile(result.knownAfter, 0.5);
        figures[u"known99"_s] = percentile(result.knownAfter, 0.99);
        figures[u"ready50"_s] = percentile(result.readyAfter, 0.5);
        figures[u"ready99"_s] = percentile(result.readyAfter, 0.99);
    }
    return figures;
}

static ChaosPlan planFor(const BarOptions &options)
{
    ChaosPlan plan;
    plan.tasks = options.schedules.value_or(plan.tasks);
    plan.seed = options.seed.value_or(1);
    return plan;
}

static QString callbackProblem(const ChaosResult &result, quint64 tasks)
{
    return result.callbacks == tasks
        ? QString()
        : u"%1 callbacks for %2 tasks."_s.arg(result.callbacks).arg(tasks);
}

/// A kill costs what ran, and nothing else.
static QString rejectProblem(const ChaosResult &result)
{
    return result.count(Outcome::Rejected) == 0
        ? QString()
        : u"%1 tasks were rejected."_s.arg(result.count(Outcome::Rejected));
}

static QString firstOf(const QStringList &problems)
{
    for (const QString &problem : problems) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

BarResult runKills(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    const ChaosResult calm = runChaos(plan);
    plan.killPause = milliseconds(20);
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({calm.problem(plan.tasks, 1), result.problem(plan.tasks, 1),
                           callbackProblem(result, plan.tasks), rejectProblem(result)})};
    bar.figures[u"calm"_s] = calm.seconds;
    bar.figures[u"slowdown"_s] = result.seconds / calm.seconds;
    if (bar.problem.isEmpty() && result.seconds > 1.25 * calm.seconds)
        bar.problem = u"The kills cost more than a quarter of the time."_s;
    return bar;
}

BarResult runMoreKills(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.killPause = milliseconds(5);
    const ChaosResult often = runChaos(plan);
    plan.killPause = milliseconds(2);
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({often.problem(plan.tasks, 1), result.problem(plan.tasks, 1),
                           callbackProblem(often, plan.tasks), rejectProblem(often),
                           rejectProblem(result), callbackProblem(result, plan.tasks)})};
    bar.figures[u"killsEvery5ms"_s] = qint64(often.kills);
    return bar;
}

BarResult runRetries(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.killPause = milliseconds(20);
    plan.isIdempotent = true;
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({result.problem(plan.tasks, 3), callbackProblem(result, plan.tasks)})};
    const quint64 good = result.count(Outcome::Succeeded);
    if (bar.problem.isEmpty() && double(good) < 0.999 * double(plan.tasks))
        bar.problem = u"Fewer than 99.9 % succeeded."_s;
    if (bar.problem.isEmpty() && good + result.count(Outcome::Quarantined) != plan.tasks)
        bar.problem = u"Some tasks neither succeeded nor were quarantined."_s;
    return bar;
}

BarResult runRepair(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.killPause = milliseconds(20);
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({result.problem(plan.tasks, 1), rejectProblem(result)})};
    if (!bar.problem.isEmpty())
        return bar;
    if (percentile(result.knownAfter, 0.99) > 20)
        bar.problem = u"One death in a hundred is known only after 20 ms."_s;
    else if (percentile(result.readyAfter, 0.5) > 15 || percentile(result.readyAfter, 0.99) > 100)
        bar.problem = u"A new worker takes longer than 15 ms, or 100 ms at worst."_s;
    return bar;
}

BarResult runPoison(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.tasks = options.schedules.value_or(2'000);
    plan.taskMicroseconds = 1'000;
    plan.isIdempotent = true;
    plan.poisonEvery = 50;
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({result.problem(plan.tasks, 3), callbackProblem(result, plan.tasks)})};
    const quint64 poison = plan.tasks / plan.poisonEvery;
    if (bar.problem.isEmpty() && result.count(Outcome::Quarantined) != poison)
        bar.problem = u"Not exactly %1 tasks were quarantined."_s.arg(poison);
    if (bar.problem.isEmpty() && result.count(Outcome::Succeeded) != plan.tasks - poison)
        bar.problem = u"The poison spread to other tasks."_s;
    return bar;
}

BarResult runCancels(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.killPause = milliseconds(20);
    plan.taskMicroseconds = 2'000;
    plan.cancelEvery = 2;
    const ChaosResult result = runChaos(plan);
    return {figuresOf(result), firstOf({result.problem(plan.tasks, 1), rejectProblem(result)})};
}

BarResult runRecycles(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.taskMicroseconds = 500;
    plan.recycling.afterTasks = 2;
    const ChaosResult result = runChaos(plan);
    BarResult bar{figuresOf(result),
                  firstOf({result.problem(plan.tasks, 1), callbackProblem(result, plan.tasks)})};
    if (bar.problem.isEmpty() && result.count(Outcome::Succeeded) != plan.tasks)
        bar.problem = u"A worker that was replaced took a task along."_s;
    return bar;
}

BarResult runClocks(const BarOptions &options)
{
    ChaosPlan plan = planFor(options);
    plan.tasks = options.schedules.value_or(100'000);
    plan.taskMicroseconds = 100;
    plan.killPause = milliseconds(20);
    const ChaosResult result = runChaos(plan);
    return {figuresOf(result), firstOf({result.problem(plan.tasks, 1), rejectProblem(result)})};
}
