// SPDX-License-Identifier: MIT
#include "fanfare/processes/callbackthread.h"

#include <iterator>

namespace Fanfare {

CallbackThread::CallbackThread(const Executor &executor, PoolAccount &account, Recorder *recorder)
    : m_executor(executor)
    , m_account(account)
    , m_recorder(recorder)
    , m_thread([this] { run(); })
{
}

CallbackThread::~CallbackThread()
{
    {
        std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_arrived.notify_one();
    m_thread.join();
}

void CallbackThread::post(std::vector<PoolDelivery> &deliveries)
{
    if (deliveries.empty())
        return;
    {
        std::lock_guard lock(m_mutex);
        m_waiting.insert(m_waiting.end(), std::make_move_iterator(deliveries.begin()),
                         std::make_move_iterator(deliveries.end()));
    }
    deliveries.clear();
    m_arrived.notify_one();
}

bool CallbackThread::take(std::vector<PoolDelivery> &deliveries)
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
    deliveries.swap(m_waiting);
    return !deliveries.empty();
}

void CallbackThread::run()
{
    std::vector<PoolDelivery> deliveries;
    std::vector<PoolDelivery> done;
    while (take(deliveries)) {
        for (PoolDelivery &delivery : deliveries) {
            if (delivery.callsBack) {
                TaskContext context(delivery.task, m_recorder);
                const CurrentTaskScope scope({&m_executor, &context, nullptr});
                callBack(context, delivery.end);
            }
            done.push_back(std::move(delivery));
            m_account.complete(done); // at once: the next callback may take long
        }
        deliveries.clear();
    }
}

} // namespace Fanfare
