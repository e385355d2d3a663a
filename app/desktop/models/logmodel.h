// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

#include <QAbstractTableModel>

#include <deque>

namespace Fanfare {

/// The lines of the log that contain a text, as rows of a table. Refreshing costs what is new,
/// except after a change of the filter.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, LevelColumn, TaskColumn, TextColumn, ColumnCount };

    explicit LogModel(const RunModel &run, QObject *parent = nullptr);

    /// Takes over what the run model has got or forgotten. Returns how many rows went away at the
    /// top.
    int refresh();
    void setFilter(const QString &text); ///< matches text, handler and level; case does not matter

    /// The task that wrote the line in \a row; emission 0 when none is known.
    TaskId taskAt(int row) const;
    qint64 hiddenCount() const; ///< lines the filter leaves out

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const LogLine &lineAt(int row) const;
    bool matches(const LogLine &line) const;
    QString text(const LogLine &line, int column) const;
    QString taskText(const LogLine &line) const;
    void startAgain();
    int dropForgotten();
    void appendNew();

    const RunModel &m_run;
    QString m_filter;
    std::deque<quint64> m_rows; ///< numbers of lines, counted from the first line ever
    quint64 m_seen = 0;         ///< lines up to here are sorted in
};

/// The translated word for \a level.
QString levelText(LogLevel level);

} // namespace Fanfare
