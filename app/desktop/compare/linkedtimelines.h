// SPDX-License-Identifier: MIT
#pragma once

#include "comparetheme.h"
#include "timelinelink.h"

#include <fanfare/base/ids.h>

#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;

namespace Fanfare {

class RunModel;
class TimelineWidget;

/// Two runs, one above the other on one axis of time: what moves one moves the other. The mouse on
/// an emission highlights the same one of the other run and says what it cost more or less.
///
/// Threads: [gui].
class LinkedTimelines final : public QWidget
{
    Q_OBJECT

public:
    /// Both models outlive this.
    LinkedTimelines(RunModel &a, RunModel &b, QWidget *parent = nullptr);

    TimelineWidget &timeline(Side side) const { return *m_timelines[size_t(side)]; }
    bool isLinked() const;
    void setLinked(bool linked); ///< else each moves alone
    void setAlignment(RunAlignment alignment);
    void setStretched(bool stretched); ///< both ends coincide
    QString difference() const;        ///< of the emission under the mouse; empty without one
    void fitBoth();

    /// Whether the run of \a side is over. While it is not, the view grows with it until the user
    /// looks elsewhere.
    void setEnded(Side side, bool ended);
    bool isEnded(Side side) const { return m_isEnded[size_t(side)]; }

Q_SIGNALS:
    void told(const QString &sentence);

private:
    void createBar(QHBoxLayout &row);
    void relink();
    void grow();
    void follow(Side moved);
    void compareEmission(Side side, std::optional<EmissionId> emission);

    std::array<TimelineWidget *, 2> m_timelines;
    QComboBox *m_alignment;
    QCheckBox *m_linked;
    QCheckBox *m_stretched;
    QLabel *m_growing; ///< which side goes on
    QLabel *m_difference;
    TimelineLink m_link;
    std::array<bool, 2> m_isEnded{true, true}; ///< by Side
    bool m_isFitting = true;                   ///< the user has not looked elsewhere yet
};

} // namespace Fanfare
