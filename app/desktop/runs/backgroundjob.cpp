// SPDX-License-Identifier: MIT
#include "backgroundjob.h"

namespace Fanfare {

void BackgroundJob::cancel()
{
    ++m_request;
    m_isRunning = false;
    m_thread.request_stop();
}

void BackgroundJob::report(quint64 request, double share)
{
    if (request == m_request)
        Q_EMIT progressed(share);
}

void BackgroundJob::finish(quint64 request, const std::function<void()> &deliver)
{
    if (request != m_request)
        return;
    m_isRunning = false;
    deliver();
}

} // namespace Fanfare
