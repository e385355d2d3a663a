// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <thread>

namespace Fanfare {

/// One piece of work in a thread of its own, with progress. Its result comes back to the thread
/// that asked for it, exactly once, unless it is canceled or this is destroyed before.
///
/// Threads: [owner]; the destructor blocks until the work has seen the stop request.
class BackgroundJob final : public QObject
{
    Q_OBJECT

public:
    using Progress = std::function<void(double)>; ///< 0 to 1, -1: not known; [any]

    using QObject::QObject;

    /// Runs \a work(progress, stop) and hands what it returns to \a done [owner]. What it returns
    /// may be movable only. Cancels what this did before.
    template <typename Work, typename Done>
    void start(Work work, Done done);

    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(double share); ///< 0 to 1, -1: not known; rises by a percent at least

private:
    void report(quint64 request, double share);
    void finish(quint64 request, const std::function<void()> &deliver);

    quint64 m_request = 0; ///< results of older ones are ignored
    double m_reported = 0;
    bool m_isRunning = false;
    std::jthread m_thread;
};

template <typename Work, typename Done>
void BackgroundJob::start(Work work, Done done)
{
    cancel();
    m_isRunning = true;
    m_reported = 0;
    const quint64 request = m_request;
    m_thread = std::jthread([this, request, work = std::move(work),
                             done = std::move(done)](std::stop_token stop) mutable {
        double told = 0;
        const Progress progress = [this, request, &told](double share) {
            if (share >= 0 && share < told + 0.01)
                return;
            told = share;
            QMetaObject::invokeMethod(
                this, [this, request, share] { report(request, share); }, Qt::QueuedConnection);
        };
        using Value = decltype(work(progress, stop));
        auto outcome = std::make_shared<Value>(work(progress, stop));
        if (stop.stop_requested())
            return;
        auto deliver = [outcome, done = std::move(done)]() mutable { done(std::move(*outcome)); };
        QMetaObject::invokeMethod(
            this, [this, request, deliver = std::move(deliver)] { finish(request, deliver); },
            Qt::QueuedConnection);
    });
}

} // namespace Fanfare
