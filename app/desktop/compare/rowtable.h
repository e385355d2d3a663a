// SPDX-License-Identifier: MIT
#pragma once

#include "comparisonrows.h"

#include <QTableWidget>

namespace Fanfare {

/// Facts about both sides as a small table that is as high as its rows. Notable rows are marked by
/// a sign and the color of a warning.
class RowTable final : public QTableWidget
{
    Q_OBJECT

public:
    explicit RowTable(const QString &title, QWidget *parent = nullptr);

    void setRows(const std::vector<ComparisonRow> &rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void setRow(int number, const ComparisonRow &row);
};

} // namespace Fanfare
