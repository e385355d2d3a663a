// SPDX-License-Identifier: MIT
#include "fanfare/executors/sidepool.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <utility>

namespace Fanfare {

SidePool::SidePool(const Executor &executor, TaskQueue &queue, Recorder *recorder)
    : m_executor(executor)
    , m_queue(queue)
    , m_recorder(recorder)
{
    m_pool.setMaxThreadCount(std::min(32, QThread::idealThreadCount() + 4));
    m_pool.setObjectName(QStringLiteral("fanfare beside"));
}

void SidePool::start(TaskEntry task)
{
    m_pool.start([this, task] { run(task); });
}

void SidePool::startAndWait(TaskEntry task)
{
    std::binary_semaphore started(0);
    m_pool.start([this, task, &started] { run(task, &started); });
    started.acquire();
}

void SidePool::waitForDone()
{
    m_pool.waitForDone();
}

Lane *SidePool::takeLane()
{
    if (!m_recorder)
        return nullptr;
    std::lock_guard lock(m_mutex);
    if (m_freeLanes.empty()) {
        return &m_recorder->addLane({{},
                                     LaneKind::Thread,
                                     QStringLiteral("beside %1").arg(++m_laneCount),
                                     QCoreApplication::applicationPid()});
    }
    Lane *lane = m_freeLanes.back();
    m_freeLanes.pop_back();
    return lane;
}

void SidePool::run(TaskEntry task, std::binary_semaphore *started)
{
    Lane *lane = takeLane();
    TaskContext context(task, m_recorder);
    const CurrentTaskScope scope({&m_executor, &context, nullptr});
    TaskTimes times;
    times.started = times.finished = MonotonicClock::now();
    TaskEnd end;
    if (!mayStart(task)) {
        end = unstartedEnd(context);
    } else {
        const OpenTask open = openTask(context, lane, times.started);
        {
            std::lock_guard lock(m_mutex);
            m_open[task.emission].push_back(open);
        }
        if (started)
            std::exchange(started, nullptr)->release();
        end = runSync(context);
        times.finished = MonotonicClock::now();
        callBack(context, end);
        std::lock_guard lock(m_mutex);
        std::vector<OpenTask> &ofEmission = m_open[task.emission];
        std::erase_if(ofEmission, [&](const OpenTask &each) { return each.task == open.task; });
        if (ofEmission.empty())
            m_open.erase(task.emission);
    }
    if (started)
        started->release();
    if (recordEnd(task, std::move(end), times, lane))
        m_queue.release(task.emission);
    if (lane) {
        std::lock_guard lock(m_mutex);
        m_freeLanes.push_back(lane);
    }
    m_queue.addEnded(1);
}

void SidePool::sample(std::vector<OpenTask> &running) const
{
    std::lock_guard lock(m_mutex);
    for (const auto &[emission, open] : m_open)
        running.insert(running.end(), open.begin(), open.end());
}

void SidePool::requestStopOfAll()
{
    std::vector<EmissionState *> emissions;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &[emission, open] : m_open) {
            emission->addReference();
            emissions.push_back(emission);
        }
    }
    for (EmissionState *emission : emissions) {
        emission->detail().cancel();
        const Emission handle(emission); // gives the reference back
    }
}

} // namespace Fanfare
