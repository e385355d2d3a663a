// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/supervisor.h>

/// The ports of a supervisor that is copied: all copies talk to one relay, which passes on to the
/// model that runs at the moment.
///
/// \a Target has the functions of all four ports.
template <typename Target>
class ModelRelay final : public Fanfare::WorkerPort,
                         public Fanfare::PoolObserver,
                         public Fanfare::PoolClock,
                         public Fanfare::PoolRandom
{
public:
    void setTarget(Target *target) { m_target = target; }

    void spawn(int slot) override { m_target->spawn(slot); }
    void kill(int slot) override { m_target->kill(slot); }
    void abandon(int slot) override { m_target->abandon(slot); }
    void sendLoad(int slot, std::uint32_t handler) override { m_target->sendLoad(slot, handler); }
    void sendTask(int slot, const Fanfare::PoolTask &task) override
    {
        m_target->sendTask(slot, task);
    }
    void sendCancel(int slot, Fanfare::TaskNumber task) override
    {
        m_target->sendCancel(slot, task);
    }
    void sendRecall(int slot) override { m_target->sendRecall(slot); }
    void sendPing(int) override { }
    void sendDump(int) override { }
    void sendDrain(int slot) override { m_target->sendDrain(slot); }
    void taskStarted(const Fanfare::PoolTask &) override { }
    void taskEnded(const Fanfare::PoolTask &task, const Fanfare::PoolTaskEnd &end) override
    {
        m_target->taskEnded(task, end);
    }
    void taskWillRetry(const Fanfare::PoolTask &) override { }
    void slotChanged(int slot, Fanfare::SlotEvent event) override
    {
        m_target->slotChanged(slot, event);
    }
    void taskCrashed(int, const Fanfare::PoolTask &) override { }
    Fanfare::PoolTime now() const override { return m_target->now(); }
    std::uint64_t next() override { return 0; }

private:
    Target *m_target = nullptr;
};
