// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/clock.h>

#include <QObject>

#include <chrono>
#include <functional>

namespace Fanfare {

class Session;

/// How long nothing was being emitted before each emission: the pauses of somebody who clicks.
///
/// Threads: [gui].
class QuietTime final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<qint64()>; ///< MonotonicClock nanoseconds

    explicit QuietTime(Session &session, QObject *parent = nullptr,
                       Clock clock = &MonotonicClock::now);

    /// Once for each command that Session::emitted() tells of: the pause before it, whole
    /// milliseconds, a day at most. 0 while the one before is still being accepted.
    std::chrono::milliseconds take();

private:
    void takeEnd();

    const Clock m_clock;
    qint64 m_since = 0; ///< when the last command was accepted
    int m_open = 0;     ///< commands that are not accepted yet
};

} // namespace Fanfare
