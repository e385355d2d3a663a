// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace Fanfare {

/// One event of a trace in the Chrome Trace Event format, as far as an import needs it. Texts are
/// UTF-8; those of unknown origin, so at most 4,096 bytes each are kept.
struct ChromeEvent
{
    char phase = 0; ///< 'X', 'B', 'E', 'b', 'e', 'M' ...; 0: none was given
    std::string name;
    std::string category;
    std::string id;
    qint64 pid = 0;
    qint64 tid = 0;
    qint64 time = 0;      ///< "ts", nanoseconds; without a valid one that of the event before
    qint64 duration = -1; ///< "dur", nanoseconds; -1: none
    bool isOdd = false;   ///< "ts" is missing or no time, or "dur" is no time or negative: then 0

    /// What Fanfare itself wrote into "args", and "name" of metadata.
    struct Arguments
    {
        std::string name;
        std::string event;
        std::string plugin;
        std::string outcome;
        std::optional<qint64> emission;
        std::optional<qint64> index;
        std::optional<qint64> attempt;
        std::optional<qint64> waited; ///< nanoseconds, as the three below
        std::optional<qint64> sent;
        std::optional<qint64> reply;
        std::optional<qint64> cpu;
    };
    Arguments args;
};

/// Whether a file with this \a beginning, of 4 bytes or more, is compressed by gzip or zstd. [any].
bool isCompressed(std::string_view beginning);

/// Reads the trace file \a path event by event, in both of its forms: a list of events, or an
/// object with "traceEvents". Memory does not grow with the file. \a take returns false to stop;
/// \a progress, unless it is empty, is told now and then which share of the file was read.
/// Errors: Unreadable as the system says; InvalidArgument for a compressed file, and for what is no
/// JSON, with the byte where it stops making sense: events before it were taken. [any], blocks.
Result<void> readChromeEvents(const QString &path,
                              const std::function<bool(const ChromeEvent &)> &take,
                              const std::function<void(double)> &progress = {});

} // namespace Fanfare
