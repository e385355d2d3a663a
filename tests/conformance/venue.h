// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/executor.h>
#include <fanfare/trace/recorder.h>

#include <QString>

#include <memory>

namespace Fanfare::Conformance {

/// Where the handlers of scenarios run: it makes the executor of each.
///
/// Threads: [owner].
class Venue
{
public:
    Venue() = default;
    virtual ~Venue() = default;
    Q_DISABLE_COPY_MOVE(Venue)

    virtual QString name() const = 0; ///< "threads"

    /// Whether handlers run in other processes, as the plugin plays them.
    virtual bool isRemote() const = 0;

    /// An executor with \a workers workers, which records into \a recorder when isRemote().
    virtual std::unique_ptr<Executor> makeExecutor(int workers, Recorder &recorder) = 0;
};

std::unique_ptr<Venue> threadVenue();
std::unique_ptr<Venue> processVenue();

} // namespace Fanfare::Conformance
