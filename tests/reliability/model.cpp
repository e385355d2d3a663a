// SPDX-License-Identifier: MIT
#include "model.h"

#include <algorithm>

using namespace Fanfare;
using Kind = ModelAction::Kind;

static SupervisorOptions optionsFor(const ModelBounds &bounds)
{
    SupervisorOptions options;
    options.workers = bounds.slots;
    options.maximumAhead = 2;
    options.aheadTime = 1000; // ns; the tasks of the model take none
    options.lateTime = 0;     // whatever runs keeps others from running
    options.spawnPause = options.firstBackoff = options.retryDelay = 0;
    options.idleTime = options.maximumAge = options.pingPause = never / 4;
    return options;
}

Model::Model(const ModelBounds &bounds, Relay &relay)
    : m_bounds(bounds)
    , m_relay(relay)
    , m_workers(std::size_t(bounds.slots))
    , m_supervisor(optionsFor(bounds), {relay, relay, relay, relay})
{
}

Model::Task &Model::taskOf(TaskNumber number)
{
    return *std::find_if(m_tasks.begin(), m_tasks.end(),
                         [&](const Task &task) { return task.number == number; });
}

bool Model::canAct(const SimulatedWorker &worker) const
{
    if (!worker.isAlive)
        return false;
    if (worker.running && worker.isStopRequested && m_bounds.isStubborn)
        return false;
    return worker.isGreeting || worker.loading || worker.running || !worker.queued.empty()
        || worker.isDraining;
}

std::vector<ModelAction> Model::actions()
{
    m_relay.setTarget(this);
    std::vector<ModelAction> actions;
    if (int(m_tasks.size()) < m_bounds.tasks) // first of all: later ones find the same pool busier
        return {{Kind::Submit, 0}};
    for (int i = 0; i < int(m_workers.size()); ++i) {
        const SimulatedWorker &worker = m_workers[std::size_t(i)];
        if (canAct(worker))
            actions.push_back({Kind::Act, i});
        if (worker.isOpen && (!worker.output.empty() || !worker.isAlive))
            actions.push_back({Kind::Read, i});
        if (worker.hasProcess && !worker.isAlive && !worker.isHanging)
            actions.push_back({Kind::End, i});
        if (worker.isAlive && m_deaths < m_bounds.deaths)
            actions.push_back({Kind::Die, i});
    }
    for (int i = 0; i < int(m_tasks.size()) && m_cancels < m_bounds.cancels; ++i) {
        if (!m_tasks[std::size_t(i)].wasCanceled && m_tasks[std::size_t(i)].ends == 0)
            actions.push_back({Kind::Cancel, i});
    }
    const bool mayWait = actions.empty() || m_earlyWaits < m_bounds.earlyWaits;
    if (mayWait && m_supervisor.nextTime() != never)
        actions.push_back({Kind::Wait, 0});
    return actions;
}

void Model::run(const ModelAction &action)
{
    m_relay.setTarget(this);
    const std::size_t index = std::size_t(action.which);
    switch (action.kind) {
    case Kind::Submit:
        submit();
        break;
    case Kind::Act:
        act(action.which);
        break;
    case Kind::Read:
        read(action.which);
        break;
    case Kind::End:
        m_workers[index].isHanging = true; // its end was told
        m_supervisor.processEnded(action.which);
        break;
    case Kind::Die:
        ++m_deaths;
        die(action.which);
        break;
    case Kind::Cancel:
        ++m_cancels;
        m_tasks[index].wasCanceled = true;
        m_supervisor.cancel(m_tasks[index].number);
        break;
    case Kind::Wait:
        m_earlyWaits += actions().size() > 1;
        m_time = std::max(m_time, m_supervisor.nextTime());
        break;
    }
    for (int i = 0; i <= m_bounds.slots; ++i) // as often as it could want to do something at once
        m_supervisor.pump();
}

void Model::submit()
{
    TaskSpec spec;
    spec.isIdempotent = m_tasks.size() == 1; // the second one
    m_tasks.push_back({m_supervisor.submit(spec)});
    if (int(m_tasks.size()) == m_bounds.tasks)
        m_supervisor.close();
}

void Model::act(int slot)
{
    SimulatedWorker &acting = worker(slot);
    if (acting.isGreeting) {
        acting.isGreeting = false;
        acting.output.push_back({SimulatedReply::Kind::Welcome});
    } else if (acting.loading) {
        acting.output.push_back({SimulatedReply::Kind::Loaded, acting.loading - 1});
        acting.loading = 0;
    } else if (acting.running) {
        ++taskOf(acting.running).completions;
        const Outcome outcome = acting.isStopRequested ? Outcome::Canceled : Outcome::Succeeded;
        acting.output.push_back({SimulatedReply::Kind::Finished, acting.running, outcome, m_time});
        acting.running = 0;
        acting.isStopRequested = false;
    } else if (!acting.queued.empty()) {
        acting.running = acting.queued.front();
        acting.queued.pop_front();
        ++taskOf(acting.running).starts;
        acting.output.push_back({SimulatedReply::Kind::Started, acting.running, {}, m_time});
    } else {
        die(slot); // it was asked to leave
    }
}

void Model::read(int slot)
{
    SimulatedWorker &from = worker(slot);
    if (from.output.empty()) {
        from.isOpen = false;
        m_supervisor.outputEnded(slot);
        return;
    }
    const SimulatedReply reply = from.output.front();
    from.output.pop_front();
    switch (reply.kind) {
    case SimulatedReply::Kind::Welcome:
        m_supervisor.workerWelcomed(slot);
        break;
    case SimulatedReply::Kind::Loaded:
        m_supervisor.handlerLoaded(slot, std::uint32_t(reply.number));
        break;
    case SimulatedReply::Kind::LoadFailed:
        m_supervisor.loadFailed(slot, std::uint32_t(reply.number));
        break;
    case SimulatedReply::Kind::Started:
        m_supervisor.taskStarted(slot, reply.number, reply.time);
        break;
    case SimulatedReply::Kind::Finished:
        m_supervisor.taskFinished(slot, {reply.number, reply.outcome, reply.time});
        break;
    case SimulatedReply::Kind::Pong:
        m_supervisor.workerAnswered(slot);
        break;
    case SimulatedReply::Kind::CancelAck:
        m_supervisor.cancelAcknowledged(slot, reply.number);
        break;
    case SimulatedReply::Kind::Recalled:
        m_supervisor.taskRecalled(slot, reply.number);
        break;
    }
}

void Model::die(int slot)
{
    SimulatedWorker &dead = worker(slot);
    dead.isAlive = false;
    dead.queued.clear();
    dead.running = 0;
}

void Model::spawn(int slot)
{
    if (worker(slot).hasProcess)
        m_impossible = "a second process was started in one slot";
    worker(slot) = {};
    SimulatedWorker &started = worker(slot);
    started.hasProcess = started.isAlive = started.isOpen = started.isGreeting = true;
}

void Model::kill(int slot)
{
    die(slot);
}

void Model::abandon(int slot)
{
    worker(slot).isOpen = false;
    worker(slot).output.clear();
}

void Model::sendLoad(int slot, std::uint32_t handler)
{
    worker(slot).loading = std::uint64_t(handler) + 1;
}

void Model::sendTask(int slot, const PoolTask &task)
{
    worker(slot).queued.push_back(task.number);
}

void Model::sendCancel(int slot, TaskNumber task)
{
    SimulatedWorker &asked = worker(slot);
    if (std::erase(asked.queued, task) > 0)
        asked.output.push_back({SimulatedReply::Kind::CancelAck, task});
    else if (asked.running == task)
        asked.isStopRequested = true;
}

void Model::sendRecall(int slot)
{
    SimulatedWorker &asked = worker(slot);
    if (!asked.isAlive)
        return;
    for (; !asked.queued.empty(); asked.queued.pop_back())
        asked.output.push_back({SimulatedReply::Kind::Recalled, asked.queued.back()});
    asked.output.push_back({SimulatedReply::Kind::Recalled});
}

void Model::sendDrain(int slot)
{
    worker(slot).isDraining = true;
}

void Model::taskEnded(const PoolTask &task, const PoolTaskEnd &end)
{
    ++taskOf(task.number).ends;
    taskOf(task.number).outcome = end.outcome;
}

void Model::slotChanged(int slot, SlotEvent event)
{
    if (!isEnd(event))
        return;
    if (worker(slot).isAlive)
        m_impossible = "a slot was freed while its process runs";
    worker(slot).hasProcess = false;
}
