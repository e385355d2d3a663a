// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/handlerkey.h>

#include <QStringList>

#include <functional>
#include <map>
#include <stop_token>

namespace Fanfare {

/// How long the tasks of a handler took from emitted to done, in nanoseconds.
struct Percentiles
{
    qint64 p50 = 0;
    qint64 p99 = 0;

    bool operator==(const Percentiles &other) const = default;
};

/// What one run says of each of its handlers.
using RunPercentiles = std::map<HandlerKey, Percentiles>;

/// Run files that are bigger are left out of a history: 50 of them would take a minute to read.
inline constexpr qint64 biggestInHistory = 64 * 1024 * 1024; // bytes

/// Reads the run files \a paths, those that can be read and are no bigger than biggestInHistory.
/// \a progress is told the share that was read; a stop request on \a stop ends it early with what
/// it has. [any], blocks: 0.4 s for a million tasks
std::map<QString, RunPercentiles> percentilesOf(const QStringList &paths,
                                                const std::function<void(double)> &progress,
                                                const std::stop_token &stop);

} // namespace Fanfare
