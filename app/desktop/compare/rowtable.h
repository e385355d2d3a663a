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
    RowTable(const QString &title, const std::vector<ComparisonRow> &rows,
             QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void addRow(const ComparisonRow &row);
};

} // namespace Fanfare
