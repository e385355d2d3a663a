// SPDX-License-Identifier: MIT
#pragma once

#include "modelrelay.h"
#include "simulatedworker.h"

#include <array>
#include <string>
#include <vector>

/// What can happen next in the small model.
struct ModelAction
{
    enum class Kind : std::uint8_t { Submit, Act, Read, End, Die, Cancel, Wait };

    Kind kind = Kind::Submit;
    int which = 0; ///< slot or task
};

/// How much may happen.
struct ModelBounds
{
    int slots = 2;
    int tasks = 3;
    int deaths = 3;
    int cancels = 2;
    int earlyWaits = 1;      ///< times that time passes although something else could happen
    bool isStubborn = false; ///< handlers ignore their stop token
};

/// A pool so small that everything that can happen to it can be tried: the real supervisor, and
/// workers of which every step is chosen from outside. A copy goes on by itself.
class Model final
{
public:
    using Relay = ModelRelay<Model>;

    /// \a relay is shared with all copies and outlives them.
    Model(const ModelBounds &bounds, Relay &relay);

    std::vector<ModelAction> actions();
    void run(const ModelAction &action);

    bool isFinished() const { return m_supervisor.isFinished(); }
    std::string problem(); ///< the first thing that is wrong now, or empty
    std::string state();   ///< two models with the same bytes behave the same from now on

    // --- what the supervisor does, through the relay

    void spawn(int slot);
    void kill(int slot);
    void abandon(int slot);
    void sendLoad(int slot, std::uint32_t handler);
    void sendTask(int slot, const Fanfare::PoolTask &task);
    void sendCancel(int slot, Fanfare::TaskNumber task);
    void sendRecall(int slot);
    void sendDrain(int slot);
    void taskEnded(const Fanfare::PoolTask &task, const Fanfare::PoolTaskEnd &end);
    void slotChanged(int slot, Fanfare::SlotEvent event);
    Fanfare::PoolTime now() const { return m_time; }

private:
    struct Task
    {
        Fanfare::TaskNumber number = 0;
        int starts = 0;
        int completions = 0;
        int ends = 0;
        bool wasCanceled = false;
        Fanfare::Outcome outcome = Fanfare::Outcome::Succeeded;
    };

    SimulatedWorker &worker(int slot) { return m_workers[std::size_t(slot)]; }
    Task &taskOf(Fanfare::TaskNumber number);
    bool canAct(const SimulatedWorker &worker) const;
    void submit();
    void act(int slot);
    void read(int slot);
    void die(int slot);
    std::string problemOf(const Task &task) const;

    const ModelBounds m_bounds;
    Relay &m_relay;
    Fanfare::PoolTime m_time = 1;
    std::vector<SimulatedWorker> m_workers;
    std::vector<Task> m_tasks;
    int m_deaths = 0;
    int m_cancels = 0;
    int m_earlyWaits = 0;
    std::string m_impossible;
    Fanfare::Supervisor m_supervisor;
};
