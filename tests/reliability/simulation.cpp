// SPDX-License-Identifier: MIT
#include "simulation.h"

#include "world.h"

#include <algorithm>
#include <array>

using namespace Fanfare;

static constexpr std::uint64_t maximumEvents = 50'000; ///< more means that it turns in a circle
static constexpr PoolTime patience = 1000 * seconds;   ///< then everything is killed

namespace {

/// One run of a supervisor in a world.
class Schedule
{
public:
    Schedule(std::uint64_t seed, PlantedFault fault, bool isVerbose);

    ScheduleResult run();

private:
    static SupervisorOptions drawOptions(World &world);
    static Wildness drawWildness(World &world);
    void step();
    void disturb();
    void submit();
    std::string problem() const;
    std::string problemOf(const TaskTruth &truth) const;

    std::mt19937_64 m_setup;
    World m_world;
    const SupervisorOptions m_options;
    Supervisor m_supervisor;
    std::vector<TaskNumber> m_tasks;
    std::size_t m_toSubmit = 0;
    std::size_t m_disturbances = 0;
    PoolTime m_closedAt = never;
    bool m_isKilled = false;
};

} // namespace

static std::size_t drawSlots(std::uint64_t seed)
{
    return 1 + (seed * 0x9e3779b97f4a7c15ULL >> 33) % 4;
}

Schedule::Schedule(std::uint64_t seed, PlantedFault fault, bool isVerbose)
    : m_world(seed, drawSlots(seed), fault, isVerbose)
    , m_options(drawOptions(m_world))
    , m_supervisor((m_world.wildness = drawWildness(m_world),
                    [&] {
                        SupervisorOptions options = m_options;
                        options.workers = int(drawSlots(seed));
                        return options;
                    }()),
                   {m_world, m_world, m_world, m_world})
    , m_toSubmit(1 + m_world.below(24))
    , m_disturbances(m_world.below(20))
{
}

SupervisorOptions Schedule::drawOptions(World &world)
{
    SupervisorOptions options;
    options.minimumWorkers = int(world.below(2));
    options.maximumAhead = 1 + world.below(8);
    options.maximumTasks = std::array<std::uint64_t, 4>{0, 0, 1, 3}[world.below(4)];
    options.memoryPause = 300 * milliseconds; // else looking is most of what happens
    options.idleTime = std::array<PoolTime, 2>{30 * seconds, 5 * milliseconds}[world.below(2)];
    return options;
}

Wildness Schedule::drawWildness(World &world)
{
    const auto chance = [&](std::uint64_t limit) {
        return world.below(2) ? int(world.below(limit)) : 0;
    };
    Wildness wildness;
    wildness.deathAtWrite = chance(80);
    wildness.deathInTask = chance(300);
    wildness.hang = chance(80);
    wildness.bootFailure = chance(400);
    wildness.loadFailure = chance(100);
    wildness.loadDeath = chance(300);
    wildness.heldPipe = chance(300);
    wildness.stubborn = chance(1000);
    wildness.greed = chance(300);
    const std::array<PoolTime, 4> times{1'000, 200'000, 20 * milliseconds, 3 * seconds};
    wildness.taskTime = times[world.below(times.size())];
    return wildness;
}

void Schedule::submit()
{
    TaskSpec spec;
    spec.handler = std::uint32_t(m_world.below(3));
    spec.concurrency = spec.handler == 2 ? 2 : 0;
    spec.isIdempotent = m_world.happens(300);
    spec.memoryLimit = m_world.happens(300) ? 1000 : 0;
    spec.deadline = m_world.happens(300) ? PoolTime(1 + m_world.below(50 * milliseconds)) : 0;
    m_tasks.push_back(m_supervisor.submit(spec));
    m_world.truths[m_tasks.back()].isIdempotent = spec.isIdempotent;
    m_world.note("submit", -1, m_tasks.back());
    --m_toSubmit;
    if (m_world.happens(500)) // as a thread that emits does, between two turns of the owner
        m_supervisor.startAtOnce();
}

/// Something that may happen to a pool at any moment.
void Schedule::disturb()
{
    --m_disturbances;
    switch (m_world.below(4)) {
    case 0:
        m_world.killRandomWorker();
        break;
    case 1:
    case 2:
        if (!m_tasks.empty())
            m_supervisor.cancel(m_tasks[m_world.below(m_tasks.size())]);
        break;
    case 3:
        m_world.jump(PoolTime(m_world.below(m_world.below(2) ? 20 * seconds : 20 * milliseconds)));
        break;
    }
}

void Schedule::step()
{
    if (m_toSubmit > 0 && m_world.happens(100))
        submit();
    else if (m_disturbances > 0 && m_world.happens(20))
        disturb();
    else if (m_toSubmit == 0 && m_closedAt == never && m_world.happens(50)) {
        m_supervisor.close();
        m_closedAt = m_world.now();
    } else if (!m_world.runDueEvent(m_supervisor)) {
        const PoolTime end = m_closedAt == never || m_isKilled ? never : m_closedAt + patience + 1;
        const PoolTime next = std::min({m_world.nextTime(), m_supervisor.nextTime(), end});
        if (next != never)
            m_world.advanceTo(next);
    }
    if (!m_isKilled && m_closedAt != never && m_world.now() - m_closedAt > patience) {
        m_isKilled = true;
        m_supervisor.killAll();
    }
    m_supervisor.pump();
}

ScheduleResult Schedule::run()
{
    ScheduleResult result;
    while (!m_supervisor.isFinished() && result.broken.empty()) {
        if (++result.events > maximumEvents) {
            result.broken = "it never ends";
            break;
        }
        step();
        result.broken = m_world.problem.empty() ? m_supervisor.brokenInvariant() : m_world.problem;
    }
    if (result.broken.empty())
        result.broken = problem();
    result.tasks = m_tasks.size();
    result.deaths = m_world.deaths;
    return result;
}

std::string Schedule::problem() const
{
    if (m_world.hasProcesses())
        return "I7: a process is left after the end";
    for (const auto &[number, truth] : m_world.truths) {
        const std::string found = problemOf(truth);
        if (!found.empty())
            return "task " + std::to_string(number & 0xffffffff) + ": " + found;
    }
    return {};
}

std::string Schedule::problemOf(const TaskTruth &truth) const
{
    if (truth.ends != 1)
        return "I2: it ended " + std::to_string(truth.ends) + " times";
    if (truth.starts > (truth.isIdempotent ? m_options.maximumAttempts : 1))
        return "I3: it was started " + std::to_string(truth.starts) + " times";
    const bool isDone = truth.outcome == Outcome::Succeeded || truth.outcome == Outcome::Failed;
    if (isDone && truth.completions == 0)
        return "it is said to have run and did not";
    if (truth.outcome == Outcome::Rejected && truth.starts > 0 && !truth.isIdempotent)
        return "it was rejected and had run";
    if (truth.outcome == Outcome::Crashed && truth.starts == 0
        && truth.reason != "died-before-start" && truth.reason != "start-unknown") {
        return "it is said to have crashed and never ran";
    }
    if (truth.reason == Supervisor::memoryReason && !truth.tookMuch)
        return "it was ended for memory that it did not take";
    if (truth.outcome == Outcome::Quarantined
        && truth.starts + truth.unknownStarts < m_options.maximumAttempts)
        return "it was quarantined after " + std::to_string(truth.starts) + " starts";
    return {};
}

ScheduleResult runSchedule(std::uint64_t seed, PlantedFault fault, bool isVerbose)
{
    return Schedule(seed, fault, isVerbose).run();
}
