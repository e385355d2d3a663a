// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare::Cli {

class Output;

/// How far a run is.
struct Progress
{
    quint64 finished = 0;
    quint64 expected = 0; ///< all tasks there will be
    quint64 running = 0;
    quint64 unsuccessful = 0;
    qint64 elapsed = 0; ///< nanoseconds
};

/// \a progress as one line of at most \a columns columns.
QString progressText(const Progress &progress, int columns);

/// \a what and how much of it is done, from 0 to 1: "████░░░░ Reading 43 %".
QString shareText(double share, const QString &what, int columns);

/// A line on a terminal that is drawn over and over; nothing at all on anything else.
///
/// Threads: [owner].
class ProgressBar final
{
public:
    explicit ProgressBar(Output &terminal);

    bool isEnabled() const { return m_isEnabled; }
    void draw(const Progress &progress); ///< nothing is written when the line would be the same
    void draw(double share, const QString &what); ///< shareText(), likewise
    void clear();

private:
    void show(const QString &text);

    Output &m_terminal;
    const bool m_isEnabled;
    QString m_shown;
};

} // namespace Fanfare::Cli
