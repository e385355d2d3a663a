// SPDX-License-Identifier: MIT
#pragma once

#include "cli/output.h"
#include "cli/progressbar.h"

#include <QElapsedTimer>

#include <chrono>
#include <functional>

namespace Fanfare::Cli {

/// Shows how far work is that takes a while, such as reading a big run: a line on a terminal that
/// goes again with this; nothing on anything else, and nothing of what is done at once.
///
/// Threads: [owner].
class WorkBar final
{
public:
    /// Work that is done within \a patience is not shown. \a what: "Reading"; \a terminal is
    /// borrowed.
    WorkBar(Output &terminal, QString what,
            std::chrono::milliseconds patience = std::chrono::milliseconds(300));
    ~WorkBar() { m_bar.clear(); }
    WorkBar(const WorkBar &) = delete;
    WorkBar &operator=(const WorkBar &) = delete;

    void tell(double share); ///< from 0 to 1, of all that is to be done

    /// tell() for a part of the work, which goes from \a begin to \a end. Empty where nothing is
    /// shown, so that nobody counts for it. It must not outlive this.
    std::function<void(double)> part(double begin, double end);

private:
    ProgressBar m_bar;
    const QString m_what;
    const std::chrono::milliseconds m_patience;
    QElapsedTimer m_clock;
};

} // namespace Fanfare::Cli
