// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

#include <QAbstractTableModel>

namespace Fanfare {

/// The handlers of a comparison, a row each. Differences that count have a color, an arrow and a
/// word; the others are "~" in gray.
class HandlerDifferenceModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        CountAColumn,
        CountBColumn,
        MedianAColumn,
        MedianBColumn,
        TailAColumn,
        TailBColumn,
        ShiftColumn,
        IntervalColumn,
        ChanceColumn,
        TailShiftColumn,
        RunningColumn,
        ColumnCount
    };
    static constexpr int sortRole = Qt::UserRole; ///< a number, or the name

    /// \a comparison is borrowed, until another one is set.
    explicit HandlerDifferenceModel(const Comparison &comparison, QObject *parent = nullptr);

    /// Shows another comparison. While it is of the same handlers, rows stay what they are.
    void setComparison(const Comparison &comparison);

    const HandlerComparison &handlerAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const HandlerComparison &handler, int column) const;
    double sortValue(const HandlerComparison &handler, int column) const;

    const Comparison *m_comparison; ///< never null
};

} // namespace Fanfare
