// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/lanesummary.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace Fanfare {

/// The times about which a LaneView tells.
struct LaneTimes
{
    TimeRange inView;
    TimeRange whole; ///< the run
};

/// What one worker did: in the times in view, and in the whole run beside it.
class LaneView final : public QWidget
{
    Q_OBJECT

public:
    explicit LaneView(QWidget *parent = nullptr);

    void setLane(const RunModel &run, quint32 lane, const LaneTimes &times);
    QString plainText() const; ///< everything shown, for copying; cells divided by tabs

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task); ///< the longest one, or the one before a gap

private:
    struct Column
    {
        TimeRange range;
        LaneSummary summary;
    };
    struct Row
    {
        QLabel *name = nullptr;
        QLabel *inView = nullptr;
        QLabel *whole = nullptr;
    };

    Row addRow(const QString &name);
    void fill(QLabel *Row::*cell, const Column &column, bool hasProcess);
    void setLink(QLabel &label, qint64 time, const std::optional<TaskId> &task) const;

    QLabel *m_title;
    QLabel *m_subtitle;
    QLabel *m_note;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    Row m_head, m_time, m_busy, m_atOnce, m_tasks, m_failures, m_longest, m_gaps, m_longestGap,
        m_restarts;
};

} // namespace Fanfare
