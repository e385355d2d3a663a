// SPDX-License-Identifier: MIT
#include "world.h"

#include <algorithm>
#include <cstdio>

using namespace Fanfare;

World::World(std::uint64_t seed, std::size_t slots, PlantedFault fault, bool isVerbose)
    : m_random(seed)
    , m_workers(slots)
    , m_generations(slots)
    , m_fault(fault)
    , m_isVerbose(isVerbose)
{
}

const char *World::note(const char *what, int slot, std::uint64_t number)
{
    if (m_isVerbose)
        std::printf("%14.6f  %-16s slot %2d  %llu\n", double(m_time) / 1e9, what, slot,
                    static_cast<unsigned long long>(number & 0xffffffff));
    return what;
}

void World::schedule(Kind kind, int slot, PoolTime delay)
{
    m_events.push({m_time + delay, ++m_order, kind, slot, m_generations[std::size_t(slot)]});
}

PoolTime World::nextTime() const
{
    return m_events.empty() ? never : m_events.top().time;
}

bool World::hasProcesses() const
{
    return std::any_of(m_workers.begin(), m_workers.end(),
                       [](const SimulatedWorker &worker) { return worker.isAlive; });
}

// --- what the supervisor does to workers

void World::spawn(int slot)
{
    note("spawn", slot);
    if (worker(slot).hasProcess)
        problem = "a second process was started in one slot";
    ++m_generations[std::size_t(slot)];
    worker(slot) = {};
    SimulatedWorker &started = worker(slot);
    started.hasProcess = started.isAlive = started.isOpen = started.isGreeting = true;
    started.isHeldOpen = happens(wildness.heldPipe);
    started.isHanging = happens(wildness.hang);
    if (happens(wildness.bootFailure))
        die(slot);
    else
        schedule(Kind::Act, slot, 2'000'000 + shortTime());
}

void World::kill(int slot)
{
    note("kill", slot);
    worker(slot).isHeldOpen = false;
    if (worker(slot).isAlive)
        die(slot);
    else
        schedule(Kind::Read, slot, shortTime());
}

void World::abandon(int slot)
{
    worker(slot).isOpen = false;
    worker(slot).output.clear();
}

void World::sendLoad(int slot, std::uint32_t handler)
{
    note("load", slot, handler);
    if (worker(slot).running || !worker(slot).queued.empty())
        problem = "a worker that has tasks was told to load";
    worker(slot).loading = std::uint64_t(handler) + 1;
    schedule(Kind::Act, slot, shortTime());
}

void World::sendTask(int slot, const PoolTask &task)
{
    note("send", slot, task.number);
    worker(slot).queued.push_back(task.number);
    if (!worker(slot).running)
        schedule(Kind::Act, slot, shortTime());
}

void World::sendCancel(int slot, TaskNumber task)
{
    note("cancel", slot, task);
    truths[task].wasCanceled = true;
    SimulatedWorker &asked = worker(slot);
    if (!asked.isAlive || asked.isHanging)
        return;
    const auto found = std::find(asked.queued.begin(), asked.queued.end(), task);
    if (found != asked.queued.end()) {
        asked.queued.erase(found);
        say(slot, {SimulatedReply::Kind::CancelAck, task});
    } else if (asked.running == task && !happens(wildness.stubborn)) {
        asked.isStopRequested = true;
        schedule(Kind::Act, slot, shortTime());
    }
}

/// A handler that hangs does not keep its worker from giving back what waits either.
void World::sendRecall(int slot)
{
    note("recall", slot);
    SimulatedWorker &asked = worker(slot);
    if (!asked.isAlive || (asked.isHanging && !(asked.running && happens(500))))
        return;
    for (; !asked.queued.empty(); asked.queued.pop_back())
        say(slot, {SimulatedReply::Kind::Recalled, asked.queued.back()});
    say(slot, {SimulatedReply::Kind::Recalled});
}

/// A handler that hangs does not keep its worker from answering; a stopped worker does nothing.
void World::sendPing(int slot)
{
    note("ping", slot);
    const SimulatedWorker &asked = worker(slot);
    if (asked.isAlive && (!asked.isHanging || (asked.running && happens(500))))
        say(slot, {SimulatedReply::Kind::Pong});
}

void World::sendDrain(int slot)
{
    note("drain", slot);
    worker(slot).isDraining = true;
    schedule(Kind::Act, slot, shortTime());
}

std::uint32_t World::memory(int slot) const
{
    return m_workers[std::size_t(slot)].memory;
}

// --- what workers do

void World::say(int slot, SimulatedReply reply)
{
    reply.time = m_time;
    worker(slot).output.push_back(reply);
    schedule(Kind::Read, slot, shortTime());
}

void World::die(int slot)
{
    note("death", slot);
    ++deaths;
    SimulatedWorker &dead = worker(slot);
    dead.isAlive = false;
    dead.queued.clear();
    dead.running = 0;
    schedule(Kind::End, slot, PoolTime(below(3'000'000)));
    schedule(Kind::Read, slot, PoolTime(below(3'000'000)));
}

void World::act(int slot)
{
    SimulatedWorker &acting = worker(slot);
    if (!acting.isAlive || acting.isHanging)
        return;
    if (happens(wildness.deathAtWrite)) { // what it is about to say is cut off and not understood
        die(slot);
    } else if (acting.isGreeting) {
        acting.isGreeting = false;
        say(slot, {SimulatedReply::Kind::Welcome});
    } else if (acting.loading) {
        const std::uint64_t handler = acting.loading - 1;
        acting.loading = 0;
        if (happens(wildness.loadDeath))
            die(slot);
        else if (happens(wildness.loadFailure))
            say(slot, {SimulatedReply::Kind::LoadFailed, handler});
        else
            say(slot, {SimulatedReply::Kind::Loaded, handler});
    } else {
        actOnTasks(slot);
    }
}

void World::actOnTasks(int slot)
{
    SimulatedWorker &acting = worker(slot);
    if (acting.running)
        finishRunning(slot);
    else if (!acting.queued.empty())
        startNext(slot);
    else if (acting.isDraining)
        die(slot);
}

void World::startNext(int slot)
{
    SimulatedWorker &starting = worker(slot);
    starting.running = starting.queued.front();
    starting.queued.pop_front();
    starting.isStopRequested = false;
    note("start", slot, starting.running);
    ++truths[starting.running].starts;
    if (happens(wildness.greed)) {
        starting.memory += 2000;
        truths[starting.running].tookMuch = true;
    }
    if (m_fault != PlantedFault::LostStart || !happens(20))
        say(slot, {SimulatedReply::Kind::Started, starting.running});
    if (happens(wildness.deathInTask))
        die(slot);
    else if (happens(wildness.hang))
        starting.isHanging = true;
    else
        schedule(Kind::Act, slot, PoolTime(below(std::uint64_t(wildness.taskTime))) + 1);
}

void World::finishRunning(int slot)
{
    SimulatedWorker &finishing = worker(slot);
    const Outcome outcome = finishing.isStopRequested && happens(700) ? Outcome::Canceled
        : happens(100)                                                ? Outcome::Failed
                                                                      : Outcome::Succeeded;
    note("finish", slot, finishing.running);
    ++truths[finishing.running].completions;
    say(slot, {SimulatedReply::Kind::Finished, finishing.running, outcome});
    finishing.running = 0;
    finishing.memory = 5000;
    schedule(Kind::Act, slot, shortTime());
}

void World::killRandomWorker()
{
    const int slot = int(below(m_workers.size()));
    if (worker(slot).isAlive)
        die(slot);
}

// --- what the supervisor is told

bool World::runDueEvent(Supervisor &supervisor)
{
    if (m_events.empty() || m_events.top().time > m_time)
        return false;
    const Event event = m_events.top();
    m_events.pop();
    if (event.generation != m_generations[std::size_t(event.slot)])
        return true; // of a process that is gone
    SimulatedWorker &of = worker(event.slot);
    switch (event.kind) {
    case Kind::Act:
        act(event.slot);
        break;
    case Kind::Read:
        read(event.slot, supervisor);
        break;
    case Kind::End:
        note("ended", event.slot);
        if (of.hasProcess)
            supervisor.processEnded(event.slot);
        break;
    }
    return true;
}

/// Reads some of what is in the pipe, as much as chance wants.
void World::read(int slot, Supervisor &supervisor)
{
    SimulatedWorker &from = worker(slot);
    if (!from.isOpen)
        return;
    for (std::size_t count = 1 + below(4); count > 0 && !from.output.empty(); --count) {
        const SimulatedReply reply = from.output.front();
        from.output.pop_front();
        deliver(slot, reply, supervisor);
        if (!from.isOpen)
            return;
    }
    if (!from.output.empty()) {
        schedule(Kind::Read, slot, shortTime());
    } else if (!from.isAlive && !from.isHeldOpen) {
        from.isOpen = false;
        note("eof", slot);
        supervisor.outputEnded(slot);
    }
}

void World::deliver(int slot, const SimulatedReply &reply, Supervisor &supervisor)
{
    switch (reply.kind) {
    case SimulatedReply::Kind::Welcome:
        supervisor.workerWelcomed(slot);
        break;
    case SimulatedReply::Kind::Loaded:
        supervisor.handlerLoaded(slot, std::uint32_t(reply.number));
        break;
    case SimulatedReply::Kind::LoadFailed:
        supervisor.loadFailed(slot, std::uint32_t(reply.number));
        break;
    case SimulatedReply::Kind::Started:
        supervisor.taskStarted(slot, reply.number, reply.time);
        break;
    case SimulatedReply::Kind::Finished:
        supervisor.taskFinished(slot, {reply.number, reply.outcome, reply.time});
        break;
    case SimulatedReply::Kind::CancelAck:
        supervisor.cancelAcknowledged(slot, reply.number);
        break;
    case SimulatedReply::Kind::Recalled:
        supervisor.taskRecalled(slot, reply.number);
        break;
    case SimulatedReply::Kind::Pong:
        supervisor.workerAnswered(slot);
        break;
    }
}

void World::taskEnded(const PoolTask &task, const PoolTaskEnd &end)
{
    note(end.outcome == Outcome::Succeeded ? "succeeded" : end.reason, task.slot, task.number);
    TaskTruth &truth = truths[task.number];
    ++truth.ends;
    truth.outcome = end.outcome;
    truth.reason = end.reason;
}

void World::taskCrashed(int slot, const PoolTask &task)
{
    note("crashed", slot, task.number);
    for (const SimulatedReply &unread : worker(slot).output) {
        if (unread.kind >= SimulatedReply::Kind::Started && unread.number == task.number)
            problem = "a task was given up before all that its worker had said was read";
    }
    truths[task.number].unknownStarts += task.phase == TaskPhase::Sent;
}

void World::slotChanged(int slot, SlotEvent event)
{
    if (!isEnd(event))
        return;
    note("reaped", slot);
    if (worker(slot).isAlive)
        problem = "a slot was freed while its process runs";
    worker(slot).hasProcess = false;
}
