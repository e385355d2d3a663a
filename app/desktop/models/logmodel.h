// SPDX-License-Identifier: MIT
#pragma once

#include "logfilter.h"
#include "logrule.h"
#include "runmodel.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <chrono>
#include <deque>

namespace Fanfare {

/// The lines of the log that pass a filter, as rows of a table; lines that repeat can share one.
/// Refreshing costs what is new, except after a change of the filter. What takes longer than a part
/// of a frame goes on by itself, so rows of a million lines come one slice after another.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, LevelColumn, TaskColumn, TextColumn, ColumnCount };

    explicit LogModel(const RunModel &run, QObject *parent = nullptr);

    /// Takes over what the run model has got or forgotten. Returns how many rows went away at the
    /// top.
    int refresh();

    bool isSorting() const { return m_rest.isActive(); } ///< lines are left to look at
    void sortRest(); ///< looks at all of them now, however long that takes

    const LogFilter &filter() const { return m_filter; }
    void setFilter(const LogFilter &filter);

    /// Whether a line that follows another one with the same text, level and handler shares its
    /// row, which then says how often it came.
    void setFolding(bool folding);

    /// Lines of this task have another background.
    void setMarked(std::optional<TaskId> task);

    /// So have, less so, the lines of all tasks of this emission.
    void setHovered(std::optional<EmissionId> emission);

    /// Lines to which a rule applies have its background, and the plain text color.
    void setRules(const QList<LogRule> &rules);
    const QList<LogRule> &rules() const { return m_rules.list(); }

    /// The task that wrote the (first) line in \a row; emission 0 when none is known.
    TaskId taskAt(int row) const;
    int firstRowOf(TaskId task) const;           ///< -1 when there is none
    quint64 numberAt(int row) const;             ///< of the line, counted from the first ever
    quint64 endNumber() const { return m_seen; } ///< that of the next line to come
    qint64 hiddenCount() const;                  ///< lines the filter leaves out

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void advanced(); ///< a slice of what was left has its rows

private:
    struct Row
    {
        quint64 first = 0; ///< number of the line
        quint64 last = 0;  ///< of the line that came last, when some share the row
        quint64 count = 1;
    };

    const LogLine &lineAt(quint64 number) const;
    bool matches(const LogLine &line, quint64 number) const;
    bool repeats(const Row &row, const LogLine &line) const;
    bool isOnLane(const LogLine &line) const;
    QString handlerOf(const LogLine &line) const;
    QString text(const Row &row, int column) const;
    QString taskText(const LogLine &line) const;
    QVariant toolTip(const Row &row) const;
    std::optional<Tint> tintOf(const Row &row) const;
    double markOf(const Row &row) const;
    QVariant background(const Row &row) const;
    void announceColors();
    void startAgain();
    int dropForgotten();
    void appendNew(std::chrono::milliseconds most);
    std::vector<Row> takeRows(std::chrono::milliseconds most, bool &hasLastGrown);

    const RunModel &m_run;
    LogFilter m_filter;
    bool m_isFolding = false;
    LogRules m_rules;
    std::optional<TaskId> m_marked;
    std::optional<EmissionId> m_hovered;
    std::deque<Row> m_rows;
    quint64 m_shown = 0; ///< lines in all rows
    quint64 m_seen = 0;  ///< lines up to here are sorted in
    QTimer m_rest;       ///< runs while there are more
};

/// The translated word for \a level.
QString levelText(LogLevel level);

} // namespace Fanfare
