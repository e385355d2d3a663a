// SPDX-License-Identifier: MIT
#include "shortcutsheet.h"

#include "desktop/appearance.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <functional>

namespace Fanfare {

using namespace Qt::StringLiterals;

ShortcutSheet::ShortcutSheet(const QList<QAction *> &actions, const QList<QAction *> &timeline,
                             QWidget *parent)
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
    const QList<Row> keys = actionRows(timeline);
    const qsizetype half = (keys.size() + 1) / 2;
    auto everywhere = new QVBoxLayout;
    const auto needsFocus = [](const QAction *action) {
        return action->shortcutContext() == Qt::WidgetShortcut;
    };
    QList<QAction *> global = actions;
    global.removeIf(needsFocus);
    addTable(*everywhere, tr("Everywhere"), actionRows(global));
    addTable(*everywhere, tr("Mouse in the timeline"), mouseRows());
    columns->addLayout(everywhere);
    auto first = new QVBoxLayout;
    addTable(*first, tr("Keys in the timeline"), keys.mid(0, half));
    columns->addLayout(first);
    auto second = new QVBoxLayout;
    addTable(*second, u" "_s, keys.mid(half));
    QList<QAction *> plugins = actions;
    plugins.removeIf(std::not_fn(needsFocus));
    addTable(*second, tr("Keys in the list of plugins"), actionRows(plugins));
    columns->addLayout(second);
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

QList<ShortcutSheet::Row> ShortcutSheet::mouseRows()
{
    return {
        {tr("Wheel"), tr("Scroll the lanes")},
        {tr("Ctrl+wheel, pinch"), tr("Zoom at the mouse")},
        {tr("Shift+wheel"), tr("Earlier, later")},
        {tr("Middle button"), tr("Move the picture")},
        {tr("Click"), tr("Select a task; double click: fill the view")},
        {tr("Drag"), tr("Mark an area and count what is in it")},
        {tr("Alt+drag"), tr("Zoom to a box")},
        {tr("Click in the ruler"), tr("Set a marker; a drag measures")},
        {tr("Drag in the minimap"), tr("Move the view, its edges, or draw a new one")},
        {tr("Drag a lane's name"), tr("Move the lane")},
        {tr("Right click"), tr("What can be done here")},
    };
}

void ShortcutSheet::addTable(QVBoxLayout &column, const QString &title, const QList<Row> &rows)
{
    auto heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    column.setSpacing(0); // else it is that of the dialog, twice
    column.addWidget(heading);
    column.addSpacing(8);
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
    column.addSpacing(18); // to the next table
    column.addStretch(1);
}

} // namespace Fanfare
