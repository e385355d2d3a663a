// SPDX-License-Identifier: MIT
#include "shortcutsheet.h"

#include "desktop/appearance.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace Fanfare {

using namespace Qt::StringLiterals;

ShortcutSheet::ShortcutSheet(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 14);
    layout->setSpacing(14);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    auto columns = new QHBoxLayout;
    columns->setSpacing(36);
    auto left = new QVBoxLayout;
    auto right = new QVBoxLayout;
    addTable(*left, tr("Everywhere"), actionRows(actions));
    addTable(*right, tr("In the timeline"), timelineRows());
    columns->addLayout(left);
    columns->addLayout(right);
    layout->addLayout(columns);
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout->addWidget(buttons);
}

static QString keysOf(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &sequence : action.shortcuts())
        keys.append(sequence.toString(QKeySequence::NativeText));
    return keys.mid(0, 2).join(u"  "_s);
}

QList<ShortcutSheet::Row> ShortcutSheet::actionRows(const QList<QAction *> &actions)
{
    QList<Row> rows;
    for (const QAction *action : actions) {
        if (!action->shortcuts().isEmpty() && action->isVisible())
            rows.append({keysOf(*action), action->text()});
    }
    return rows;
}

QList<ShortcutSheet::Row> ShortcutSheet::timelineRows()
{
    return {
        {tr("W  S"), tr("Zoom in, zoom out")},
        {tr("A  D"), tr("Earlier, later; with Shift half a view")},
        {tr("Ctrl+wheel"), tr("Zoom at the mouse")},
        {tr("Home  0"), tr("Show the whole run")},
        {tr("End"), tr("Go to now and follow")},
        {tr("F"), tr("Show the selected span, or the marked area")},
        {tr("Drag  R"), tr("Mark an area and count what is in it")},
        {tr("Alt+drag"), tr("Zoom to a box")},
        {tr("Alt+←  Alt+→"), tr("Back to where you were, and forward")},
        {tr("Click in the ruler"), tr("Set a marker; a drag measures")},
        {tr("H"), tr("Color by handler, wait, duration, outcome")},
        {tr("E"), tr("Arrows from an emission to its tasks")},
        {tr("Space"), tr("Freeze the picture, go on")},
        {tr("←  →"), tr("Previous, next span of the lane")},
        {tr("↑  ↓"), tr("Scroll the lanes")},
        {tr("Tab"), tr("Next lane; with Shift the previous one")},
        {tr("N"), tr("Next failure; with Shift the previous one")},
        {tr("Esc"), tr("Drop selection, area, markers, one a time")},
    };
}

void ShortcutSheet::addTable(QVBoxLayout &column, const QString &title, const QList<Row> &rows)
{
    auto heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    column.addWidget(heading);
    column.addSpacing(6);
    auto grid = new QGridLayout;
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(6);
    for (int line = 0; line < int(rows.size()); ++line) {
        auto keys = new QLabel(rows[line].keys, this);
        setMuted(*keys);
        grid->addWidget(keys, line, 0);
        grid->addWidget(new QLabel(rows[line].meaning, this), line, 1);
    }
    column.addLayout(grid);
    column.addStretch(1);
}

} // namespace Fanfare
