// SPDX-License-Identifier: MIT
#pragma once

#include "emitrun.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QThreadPool>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace Fanfare::Bench {

/// Something that runs a no-op on another thread, which notes when it started.
class Idle
{
public:
    virtual ~Idle() = default;
    virtual void start() = 0;

    void noteStart() { m_started.store(MonotonicClock::now(), std::memory_order_release); }
    void reset() { m_started.store(0, std::memory_order_relaxed); }
    qint64 waitForStart() const
    {
        qint64 started = 0;
        while ((started = m_started.load(std::memory_order_acquire)) == 0)
            std::this_thread::yield();
        return started;
    }

private:
    std::atomic<qint64> m_started = 0;
};

/// The floor: a thread that sleeps on a condition variable.
class IdleCondition final : public Idle
{
public:
    ~IdleCondition() override
    {
        m_isEnding = true;
        start();
    }

    void start() override
    {
        {
            std::lock_guard lock(m_mutex);
            m_isAsked = true;
        }
        m_condition.notify_one();
    }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_isEnding) {
            m_condition.wait(lock, [this] { return m_isAsked; });
            m_isAsked = false;
            noteStart();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_isAsked = false; // guarded by m_mutex
    std::atomic<bool> m_isEnding = false;
    std::jthread m_thread{[this] { run(); }};
};

class IdleThreadPool final : public Idle
{
public:
    IdleThreadPool()
    {
        m_pool.setMaxThreadCount(2);
        m_pool.setExpiryTimeout(-1);
    }
    void start() override
    {
        m_pool.start([this] { noteStart(); });
    }

private:
    QThreadPool m_pool;
};

class IdleExecutor final : public Idle
{
public:
    IdleExecutor()
    {
        SubscriberOptions options;
        options.handler.run = [this](Context &) {
            noteStart();
            return QCborValue();
        };
        if (!m_linker.subscribe({m_event}, std::move(options)))
            fail("cannot subscribe");
    }
    void start() override { (void)m_emitter.emit(m_event); }

private:
    const Event m_event{QStringLiteral("Event")};
    EventLinker m_linker;
    Recorder m_recorder;
    ThreadPoolExecutor m_executor{{.workers = 2, .recorder = &m_recorder}};
    EventEmitter m_emitter{m_linker, m_executor};
};

} // namespace Fanfare::Bench
