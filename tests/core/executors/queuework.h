// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/taskqueue.h>

namespace QueueWork {

/// Recipients with \a count subscribers that do nothing.
inline Fanfare::RecipientsPointer recipients(size_t count)
{
    auto made = std::make_shared<Fanfare::Recipients>();
    made->event = QStringLiteral("event");
    for (size_t i = 0; i < count; ++i)
        made->subscribers.push_back(std::make_shared<Fanfare::Subscriber>());
    return made;
}

/// Queues \a emissions from number \a id on as one act and drops their handle.
inline Fanfare::TaskQueue::Pushed push(Fanfare::TaskQueue &queue,
                                       const Fanfare::RecipientsPointer &to, quint64 id,
                                       quint32 emissions = 1)
{
    Fanfare::Submission submission;
    submission.id = Fanfare::EmissionId(id);
    submission.recipients = to;
    submission.count = emissions;
    Fanfare::EmissionState *state = nullptr;
    std::vector<Fanfare::TaskEntry> dropped;
    const auto pushed = queue.push(submission, state, dropped);
    if (pushed == Fanfare::TaskQueue::Pushed::Accepted)
        const Fanfare::Emission handle(state);
    return pushed;
}

/// Ends \a task as a worker does.
inline void end(Fanfare::Worker &worker, Fanfare::TaskEntry task)
{
    ++worker.ended;
    if (task.emission->taskEnded()) {
        task.emission->end();
        worker.released.push_back(task.emission);
    }
}

/// Runs tasks until the queue is closed; calls \a run for each.
template <typename Run>
void work(Fanfare::TaskQueue &queue, Run run)
{
    Fanfare::Worker worker;
    queue.attach(worker);
    while (queue.claim(worker)) {
        while (const Fanfare::TaskEntry task = worker.claimed.next()) {
            run(task);
            end(worker, task);
        }
    }
    queue.detach(worker);
}

} // namespace QueueWork
