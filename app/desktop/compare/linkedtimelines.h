// SPDX-License-Identifier: MIT
#pragma once

#include "comparetheme.h"
#include "timelinelink.h"

#include <fanfare/base/ids.h>

#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QHBoxLayout;
class QLabel;

namespace Fanfare {

class AlignmentChoice;
class RunModel;
class TimelineWidget;

/// Two runs, one above the other on one axis of time: what moves one moves the other. The mouse on
/// a time draws a line at that of the other run; on an emission it highlights the same one of the
/// other run and says what it cost more or less.
///
/// Threads: [gui].
class LinkedTimelines final : public QWidget
{
    Q_OBJECT

public:
    /// Both models outlive this. \a begins are those of both runs, by Side.
    LinkedTimelines(RunModel &a, RunModel &b, const std::array<RunBegin, 2> &begins,
                    QWidget *parent = nullptr);

    TimelineWidget &timeline(Side side) const { return *m_timelines[size_t(side)]; }
    bool isLinked() const;
    void setLinked(bool linked); ///< else each moves alone
    RunAlignment alignment() const;
    void setAlignment(const RunAlignment &alignment);
    void setStretched(bool stretched); ///< both ends coincide
    QString difference() const;        ///< of the emission under the mouse; empty without one
    void fitBoth();
    int wantedHeight() const; ///< pixels in which all lanes of both are seen

    /// Whether the run of \a side is over. While it is not, the view grows with it until the user
    /// looks elsewhere.
    void setEnded(Side side, bool ended);
    void offerNotes(); ///< those that both runs have by now, to meet at

    bool isEnded(Side side) const { return m_isEnded[size_t(side)]; }

Q_SIGNALS:
    void told(const QString &sentence);

private:
    void createBar(QHBoxLayout &row);
    RunMoments momentsOf(Side side) const;
    TimelineLink newLink(const RunMoments &a, const RunMoments &b) const;
    void relink();
    void realign();
    void grow();
    void follow(Side moved);
    void showCursor();
    void compareEmission(Side side, std::optional<EmissionId> emission);

    std::array<TimelineWidget *, 2> m_timelines;
    const std::array<RunBegin, 2> m_begins;
    AlignmentChoice *m_alignment;
    QCheckBox *m_linked;
    QCheckBox *m_stretched;
    QLabel *m_growing; ///< which side goes on
    QLabel *m_difference;
    TimelineLink m_link;
    std::optional<std::pair<Side, qint64>> m_cursor; ///< the time under the mouse
    std::array<bool, 2> m_isEnded{true, true};       ///< by Side
    bool m_isFitting = true;                         ///< the user has not looked elsewhere yet
};

} // namespace Fanfare
