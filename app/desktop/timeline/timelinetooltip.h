// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinehits.h"

#include <QCoreApplication>

namespace Fanfare {

/// Says in words what the mouse is over.
///
/// Threads: [gui].
class TimelineTooltip
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TimelineTooltip)

public:
    TimelineTooltip(const TimelineTracks &tracks, const RunModel &model, qint64 now);

    /// Rich text; empty when there is nothing to say.
    QString textFor(const TimelineHit &hit) const;

    /// About a column of a folded group, which a hit of HitKind::Group is on.
    QString groupText(const GroupPlace &group, const TimelineHit &hit) const;

    /// About the host of a worker, or of a group of them, whose header the mouse is on; empty for
    /// workers of this machine.
    QString hostText(quint32 lane) const;
    QString hostText(const GroupPlace &group) const;

    /// One line of plain text about \a task, for assistive technology.
    QString sentenceFor(TaskId task) const;

    /// The word for \a outcome in the user's language.
    static QString outcomeWord(Outcome outcome);

private:
    using Rows = std::vector<std::pair<QString, QString>>;

    QString hostText(const QString &title, quint32 lane) const;
    QString spanText(const SpanEntry &span) const;
    QString openText(const OpenSpan &open) const;
    QString columnText(const TimelineHit &hit) const;
    QString laneEventsText(const TimelineHit &hit) const;
    QString emissionsText(const TimelineHit &hit) const;
    Rows originRows(TaskId task, quint32 handler) const;
    QString outcomeText(const SpanEntry &span) const;

    const TimelineTracks &m_tracks;
    const RunModel &m_model;
    const qint64 m_now;
};

} // namespace Fanfare
