// SPDX-License-Identifier: MIT
#pragma once

#include "simulatedworker.h"
#include "simulation.h"

#include <map>
#include <queue>
#include <string>
#include <vector>

/// What really happened to a task, as only the world knows it.
struct TaskTruth
{
    int starts = 0;
    int completions = 0;
    int ends = 0;
    int unknownStarts = 0; ///< its worker died and nobody could read whether it had started
    bool isIdempotent = false;
    bool wasCanceled = false;
    bool tookMuch = false; ///< more memory than any limit
    Fanfare::Outcome outcome = Fanfare::Outcome::Succeeded;
    std::string reason;
};

/// How wild a schedule is; drawn from its seed. Chances are per mille.
struct Wildness
{
    int deathAtWrite = 0;
    int deathInTask = 0;
    int hang = 0;
    int bootFailure = 0;
    int loadFailure = 0;
    int loadDeath = 0;
    int heldPipe = 0;
    int stubborn = 0; ///< ignores the stop token
    int greed = 0;    ///< takes much memory
    Fanfare::PoolTime taskTime = 0;
};

/// Everything around a supervisor: processes, pipes, time and chance, all simulated in one thread.
class World final : public Fanfare::WorkerPort,
                    public Fanfare::PoolObserver,
                    public Fanfare::PoolClock,
                    public Fanfare::PoolRandom
{
public:
    World(std::uint64_t seed, std::size_t slots, PlantedFault fault, bool isVerbose);

    // WorkerPort
    void spawn(int slot) override;
    void kill(int slot) override;
    void abandon(int slot) override;
    void sendLoad(int slot, std::uint32_t handler) override;
    void sendTask(int slot, const Fanfare::PoolTask &task) override;
    void sendCancel(int slot, Fanfare::TaskNumber task) override;
    void sendRecall(int slot) override;
    void sendPing(int slot) override;
    void sendDump(int) override { }
    void sendDrain(int slot) override;
    std::uint32_t memory(int slot) const override;

    // PoolObserver
    void taskStarted(const Fanfare::PoolTask &) override { }
    void taskEnded(const Fanfare::PoolTask &task, const Fanfare::PoolTaskEnd &end) override;
    void taskWillRetry(const Fanfare::PoolTask &) override { }
    void slotChanged(int slot, Fanfare::SlotEvent event) override;
    void taskCrashed(int slot, const Fanfare::PoolTask &task) override;

    Fanfare::PoolTime now() const override { return m_time; }
    std::uint64_t next() override { return m_random(); }

    /// A number from 0 to \a limit - 1.
    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }
    bool happens(int perMille) { return int(below(1000)) < perMille; }

    void killRandomWorker();
    void jump(Fanfare::PoolTime span) { m_time += span; }

    Fanfare::PoolTime nextTime() const;
    void advanceTo(Fanfare::PoolTime time) { m_time = std::max(m_time, time); }
    bool runDueEvent(Fanfare::Supervisor &supervisor); ///< false when none is due
    bool hasProcesses() const;
    const char *note(const char *what, int slot, std::uint64_t number = 0);

    Wildness wildness;
    std::map<Fanfare::TaskNumber, TaskTruth> truths;
    std::uint64_t deaths = 0;
    std::string problem; ///< the first impossible thing that was asked of the world

private:
    enum class Kind : std::uint8_t { Act, Read, End };
    struct Event
    {
        Fanfare::PoolTime time = 0;
        std::uint64_t order = 0;
        Kind kind = Kind::Act;
        int slot = 0;
        std::uint64_t generation = 0;
        bool operator>(const Event &other) const
        {
            return time != other.time ? time > other.time : order > other.order;
        }
    };

    SimulatedWorker &worker(int slot) { return m_workers[std::size_t(slot)]; }
    void schedule(Kind kind, int slot, Fanfare::PoolTime delay);
    Fanfare::PoolTime shortTime() { return Fanfare::PoolTime(below(200'000)); }
    void act(int slot);
    void actOnTasks(int slot);
    void startNext(int slot);
    void finishRunning(int slot);
    void say(int slot, SimulatedReply reply);
    void die(int slot);
    void read(int slot, Fanfare::Supervisor &supervisor);
    void deliver(int slot, const SimulatedReply &reply, Fanfare::Supervisor &supervisor);

    std::mt19937_64 m_random;
    std::vector<SimulatedWorker> m_workers;
    std::vector<std::uint64_t> m_generations;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    Fanfare::PoolTime m_time = 1;
    std::uint64_t m_order = 0;
    const PlantedFault m_fault;
    const bool m_isVerbose;
};
