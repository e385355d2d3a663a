// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/supervisor.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Options of a pool with \a count workers.
inline Fanfare::SupervisorOptions workers(int count)
{
    Fanfare::SupervisorOptions options;
    options.workers = count;
    return options;
}

/// A supervisor with workers, time and chance in the hand of a test, and the story of what it did.
class FakePool : public Fanfare::WorkerPort,
                 public Fanfare::PoolObserver,
                 public Fanfare::PoolClock,
                 public Fanfare::PoolRandom
{
public:
    using Story = std::vector<std::string>;

    explicit FakePool(Fanfare::SupervisorOptions options = {})
        : supervisor(options, {*this, *this, *this, *this})
    {
    }

    /// A task of handler 0, unless \a spec says otherwise.
    Fanfare::TaskNumber submit(const Fanfare::TaskSpec &spec = {})
    {
        const Fanfare::TaskNumber number = supervisor.submit(spec);
        supervisor.pump();
        return number;
    }

    /// Lets the worker of \a slot get ready, with handler 0 loaded.
    void ready(int slot)
    {
        supervisor.workerWelcomed(slot);
        supervisor.pump();
        supervisor.handlerLoaded(slot, 0);
        supervisor.pump();
    }

    void start(int slot, Fanfare::TaskNumber task)
    {
        supervisor.taskStarted(slot, task, time);
        supervisor.pump();
    }

    void finish(int slot, Fanfare::TaskNumber task,
                Fanfare::Outcome outcome = Fanfare::Outcome::Succeeded)
    {
        supervisor.taskFinished(slot, {task, outcome, time});
        supervisor.pump();
    }

    /// The process ends and its output is read to the end.
    void die(int slot)
    {
        supervisor.processEnded(slot);
        supervisor.outputEnded(slot);
        supervisor.pump();
    }

    void pass(Fanfare::PoolTime span)
    {
        time += span;
        supervisor.pump();
    }

    /// What happened since the last call.
    Story take() { return std::exchange(story, {}); }

    void spawn(int slot) override { tell("spawn", slot); }
    void kill(int slot) override { tell("kill", slot); }
    void abandon(int slot) override { tell("abandon", slot); }
    void sendLoad(int slot, std::uint32_t handler) override
    {
        tell("load " + std::to_string(handler) + " at", slot);
    }
    void sendTask(int slot, const Fanfare::PoolTask &task) override
    {
        tell("send " + name(task.number) + " to", slot);
    }
    void sendCancel(int slot, Fanfare::TaskNumber task) override
    {
        tell("cancel " + name(task) + " at", slot);
    }
    void sendRecall(int slot) override { tell("recall from", slot); }
    void sendPing(int slot) override { tell("ping", slot); }
    void sendDump(int slot) override { tell("dump", slot); }
    void sendDrain(int slot) override { tell("drain", slot); }
    bool isStopped(int) const override { return areStopped; }
    std::uint32_t memory(int) const override { return memoryNow; }

    void taskStarted(const Fanfare::PoolTask &) override { }
    void taskEnded(const Fanfare::PoolTask &task, const Fanfare::PoolTaskEnd &end) override
    {
        static const char *const outcomes[] = {"Succeeded",   "Failed",     "Crashed",
                                               "TimedOut",    "Canceled",   "Rejected",
                                               "Quarantined", "Interrupted"};
        story.push_back(name(task.number) + " " + outcomes[int(end.outcome)]
                        + (*end.reason ? std::string(" ") + end.reason : ""));
    }
    void taskWillRetry(const Fanfare::PoolTask &task) override
    {
        story.push_back(name(task.number) + " retries");
    }
    void slotChanged(int slot, Fanfare::SlotEvent event) override
    {
        static const char *const events[] = {"started",  "unresponsive", "responsive",  "died",
                                             "recycled", "stopped",      "boot failed", "failed"};
        tell(events[int(event)], slot);
    }
    void taskCrashed(int, const Fanfare::PoolTask &) override { }
    Fanfare::PoolTime now() const override { return time; }
    std::uint64_t next() override { return 0; }

    Fanfare::PoolTime time = 1'000'000;
    Story story;
    bool areStopped = false;     ///< all processes, by somebody else
    std::uint32_t memoryNow = 0; ///< KiB, of each process
    Fanfare::Supervisor supervisor;

private:
    void tell(const std::string &what, int slot)
    {
        story.push_back(what + " " + std::to_string(slot));
    }
    static std::string name(Fanfare::TaskNumber number)
    {
        return "task " + std::to_string(Fanfare::TaskTable::place(number));
    }
};
