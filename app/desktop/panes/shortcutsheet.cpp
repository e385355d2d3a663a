// SPDX-License-Identifier: MIT
#include "shortcutsheet.h"

#include "desktop/appearance.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>

#include <algorithm>
#include <functional>

namespace Fanfare {

using namespace Qt::StringLiterals;

ShortcutSheet::ShortcutSheet(const QList<QAction *> &actions, const QList<QAction *> &timeline,
                             QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit(this))
    , m_nothing(
          new QLabel(tr("No key does that. The command palette finds everything else."), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    m_filter->setPlaceholderText(tr("Search: what it does, or its keys"));
    m_filter->setAccessibleName(tr("Search the shortcuts"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutSheet::filter);
    m_nothing->hide();
    QWidget *columns = createColumns(actions, timeline);
    auto scroll = new QScrollArea(this);
    scroll->setWidget(columns);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("All shortcuts"));
    auto buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter ends a search
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 14);
    layout->setSpacing(12);
    layout->addWidget(m_filter);
    layout->addWidget(m_nothing);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    fitToScreen(columns->sizeHint());
    m_filter->setFocus();
}

/// As large as what is in it, if the screen has room for that and a frame.
void ShortcutSheet::fitToScreen(const QSize &content)
{
    const QMargins around = layout()->contentsMargins();
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const QSize wanted = content
        + QSize(around.left() + around.right() + bar,
                m_filter->sizeHint().height() * 3 + around.top() + around.bottom() + 24);
    resize(wanted.boundedTo(screen()->availableSize() - QSize(40, 60)));
}

QWidget *ShortcutSheet::createColumns(const QList<QAction *> &actions,
                                      const QList<QAction *> &timeline)
{
    const auto needsFocus = [](const QAction *action) {
        return action->shortcutContext() == Qt::WidgetShortcut;
    };
    QList<QAction *> everywhere = actions;
    everywhere.removeIf(needsFocus);
    QList<QAction *> plugins = actions;
    plugins.removeIf(std::not_fn(needsFocus));
    auto content = new QWidget(this);
    auto columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(36);
    auto left = new QVBoxLayout;
    addTable(*left, tr("Everywhere"), actionRows(everywhere));
    addTable(*left, tr("Keys in the list of plugins"), actionRows(plugins));
    addTable(*left, tr("Mouse in the timeline"), mouseRows());
    auto right = new QVBoxLayout;
    addTable(*right, tr("Keys in the timeline"), actionRows(timeline));
    for (QVBoxLayout *column : {left, right}) {
        column->addStretch(1);
        columns->addLayout(column, 1);
    }
    return content;
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
        {tr("Click a lane's name"), tr("Select the lane; a drag moves it")},
        {tr("Right click"), tr("What can be done here")},
    };
}

void ShortcutSheet::addTable(QVBoxLayout &column, const QString &title, const QList<Row> &rows)
{
    Table table{new QLabel(title, this), {}};
    QFont bold = table.heading->font();
    bold.setWeight(QFont::DemiBold);
    table.heading->setFont(bold);
    table.heading->setContentsMargins(0, column.count() == 0 ? 0 : 18, 0, 6);
    column.setSpacing(0); // else it is that of the dialog, twice
    column.addWidget(table.heading);
    auto grid = new QGridLayout;
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(1, 1);
    for (int line = 0; line < int(rows.size()); ++line) {
        const Line labels{new QLabel(rows[line].keys, this), new QLabel(rows[line].meaning, this)};
        setMuted(*labels.keys);
        grid->addWidget(labels.keys, line, 0);
        grid->addWidget(labels.meaning, line, 1);
        table.lines.append(labels);
    }
    column.addLayout(grid);
    m_tables.append(table);
}

void ShortcutSheet::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    bool isAny = false;
    for (const Table &table : m_tables) {
        bool isAnyHere = false;
        for (const auto &[keys, meaning] : table.lines) {
            const bool fits = keys->text().contains(wanted, Qt::CaseInsensitive)
                || meaning->text().contains(wanted, Qt::CaseInsensitive);
            keys->setVisible(fits);
            meaning->setVisible(fits);
            isAnyHere |= fits;
        }
        table.heading->setVisible(isAnyHere);
        isAny |= isAnyHere;
    }
    m_nothing->setVisible(!isAny);
}

QStringList ShortcutSheet::shownLines() const
{
    QStringList lines;
    for (const Table &table : m_tables) {
        for (const auto &[keys, meaning] : table.lines) {
            if (!keys->isHidden())
                lines.append(u"%1 %2"_s.arg(keys->text(), meaning->text()));
        }
    }
    return lines;
}

} // namespace Fanfare
