// SPDX-License-Identifier: MIT
#include "rowtable.h"

#include "desktop/appearance.h"

#include <QHeaderView>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

RowTable::RowTable(const QString &title, QWidget *parent)
    : QTableWidget(0, 4, parent)
{
    setAccessibleName(title);
    setHorizontalHeaderLabels({title, tr("A"), tr("B"), tr("Difference")});
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setFocusPolicy(Qt::NoFocus);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setFrameShape(NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    horizontalHeader()->setHighlightSections(false);
    for (int column = 0; column < 4; ++column) {
        horizontalHeaderItem(column)->setTextAlignment(
            (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RowTable::setRows(const std::vector<ComparisonRow> &rows)
{
    setRowCount(int(rows.size()));
    for (int number = 0; number < rowCount(); ++number)
        setRow(number, rows[size_t(number)]);
    setColumnHidden(3, std::ranges::all_of(rows, [](const ComparisonRow &row) {
                        return row.difference.isEmpty();
                    }));
    updateGeometry();
}

void RowTable::setRow(int number, const ComparisonRow &row)
{
    const QStringList cells{row.isNotable ? u"⚠ "_s + row.what : row.what, row.a, row.b,
                            row.difference};
    for (int column = 0; column < cells.size(); ++column) {
        auto item = new QTableWidgetItem(cells[column]);
        item->setToolTip(cells[column]);
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        if (row.isNotable)
            item->setForeground(accentColor(Accent::Caution, palette()));
        if (row.isWeak && column == 3)
            item->setForeground(palette().color(QPalette::PlaceholderText));
        setItem(number, column, item);
    }
}

QSize RowTable::sizeHint() const
{
    return {420, horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2};
}

QSize RowTable::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

} // namespace Fanfare
