// SPDX-License-Identifier: MIT
#pragma once

#include "cli/output.h"
#include "cli/progressbar.h"

#include <fanfare/engine/roundseries.h>

#include <QTimer>

namespace Fanfare::Cli {

/// A series of rounds, told to a terminal: a progress bar, and a sentence for what goes wrong.
///
/// Threads: [owner], an event loop is needed.
class RunSeries final : public QObject
{
    Q_OBJECT

public:
    explicit RunSeries(SeriesPlan plan);

    void start(); ///< finished() follows

    /// The user pressed Ctrl+C: cancels all tasks, the second time kills the engine.
    void interrupt();

    /// The run files by configuration, in the order of the rounds.
    const std::vector<QStringList> &paths() const { return m_series.paths(); }
    bool isRefused() const { return m_isRefused; } ///< nothing was emitted; it was said

Q_SIGNALS:
    void finished(int exitCode);

private:
    void tellRound(const RoundEnd &end);
    void finish();
    void show();

    RoundSeries m_series;
    Output m_terminal;
    ProgressBar m_bar;
    QTimer m_showTimer;
    bool m_hasTrouble = false; // a round went wrong, or was canceled
    bool m_isRefused = false;
};

} // namespace Fanfare::Cli
