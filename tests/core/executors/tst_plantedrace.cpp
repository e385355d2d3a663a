// SPDX-License-Identifier: MIT
// A task with a data race, run by workers of the real queue: what ThreadSanitizer must report, or
// its silence about the other tests means nothing.
#include <fanfare/executors/taskqueue.h>

#include <cstdio>
#include <latch>
#include <thread>

using namespace Fanfare;

int main()
{
    TaskQueue queue(100);
    std::latch together(2); // two workers are inside a task at the same time
    int unprotected = 0;
    const auto work = [&] {
        Worker worker;
        queue.attach(worker);
        while (queue.claim(worker)) {
            while (const TaskEntry task = worker.claimed.next()) {
                together.arrive_and_wait();
                for (int i = 0; i < 1000; ++i)
                    ++unprotected;
                ++worker.ended;
                if (task.emission->taskEnded()) {
                    task.emission->end();
                    worker.released.push_back(task.emission);
                }
            }
        }
        queue.detach(worker);
    };
    std::thread first(work);
    std::thread second(work);
    auto recipients = std::make_shared<Recipients>();
    recipients->subscribers.push_back(std::make_shared<Subscriber>());
    for (quint64 id = 1; id <= 2; ++id) {
        Submission submission;
        submission.id = EmissionId(id);
        submission.recipients = recipients;
        EmissionState *state = nullptr;
        std::vector<TaskEntry> dropped;
        if (queue.push(submission, state, dropped) == TaskQueue::Pushed::Accepted)
            const Emission handle(state);
    }
    queue.close();
    first.join();
    second.join();
    std::printf("raced to %d\n", unprotected);
    return 0;
}
