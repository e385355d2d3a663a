// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runloading.h>

#include <optional>
#include <vector>

namespace Fanfare {

/// One side of a comparison: rounds of one configuration, read as far as their files have come. A
/// run that is being recorded can be read again and again; each time only what is new is read.
///
/// Threads: [owner]; everything blocks as long as the disk takes.
class RunSide final
{
public:
    /// Opens the run files \a paths. Errors: those of RunReader::open().
    static Result<RunSide> open(const QStringList &paths);

    /// Takes in what the files hold beyond the last call. True when there was something, or a run
    /// has ended. \a progress, unless it is empty, is told the share that was read; a stop request
    /// on \a stop ends it early with what it has.
    bool read(const std::function<void(double)> &progress = {}, std::stop_token stop = {});

    bool goesOn() const; ///< one of the runs was being recorded during the last read()

    LoadedRun loaded() const; ///< what was read so far: a copy, O(n log n)
    LoadedRun finish();       ///< the same without a copy; nothing may be read afterwards

private:
    struct Round
    {
        QString path;
        std::optional<RunReader> reader; ///< nothing once all of it was read
        size_t number = 0;               ///< of the sampler
    };

    RunSide() = default;
    bool readRound(Round &round, const std::function<void(double)> &progress,
                   const std::stop_token &stop);

    std::vector<Round> m_rounds;
    std::optional<RunSampler> m_sampler;
    QStringList m_damages;
};

} // namespace Fanfare
