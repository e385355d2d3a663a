// SPDX-License-Identifier: MIT
#include "shelfpane.h"

#include "comparisonsides.h"
#include "desktop/appearance.h"
#include "shelf.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

ShelfPane::ShelfPane(Shelf &shelf, QWidget *parent)
    : QWidget(parent)
    , m_shelf(shelf)
    , m_model(shelf)
    , m_search(new QLineEdit(this))
    , m_summary(new QLabel(this))
    , m_view(new QTableView(this))
{
    m_search->setPlaceholderText(tr("Search: label, tag:name, notes, scenario"));
    m_search->setAccessibleName(tr("Search runs"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(320);
    setMuted(*m_summary);
    createView();
    createActions();
    createLayout();
    connect(m_search, &QLineEdit::textChanged, &m_model, &ShelfModel::setSearch);
    connect(&m_model, &ShelfModel::modelAboutToBeReset, this,
            [this] { m_selectedBefore = selectedFiles(); });
    connect(&m_model, &ShelfModel::modelReset, this, &ShelfPane::keepSelection);
    connect(&m_model, &ShelfModel::dataChanged, this, &ShelfPane::refreshActions);
    refreshActions();
}

void ShelfPane::createView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Kept runs"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setWordWrap(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    constexpr std::array widths{190, 170, 110, 80, 100, 80, 120};
    for (size_t i = 0; i < widths.size(); ++i)
        m_view->setColumnWidth(int(i), widths[i]);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_view, &QTableView::doubleClicked, this, &ShelfPane::openSelected);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ShelfPane::refreshActions);
}

QAction *ShelfPane::addAction(const QString &text, const QString &tip, const QString &icon)
{
    auto action = new QAction(text, this);
    action->setToolTip(tip);
    if (!icon.isEmpty())
        action->setIcon(symbolIcon(icon));
    m_view->addAction(action);
    return action;
}

void ShelfPane::createActions()
{
    m_open = addAction(tr("Open"), tr("Show the selected runs, read-only"), u"folder"_s);
    m_compare =
        addAction(tr("Compare"),
                  tr("Compare the selected runs, rounds of the same together; the oldest is "
                     "the baseline"),
                  u"compare"_s);
    m_pin = addAction(tr("Pin"), tr("Keep the selected runs, whatever the limits say"), u"pin"_s);
    m_remove = addAction(tr("Delete"), tr("Take the selected runs off the list; can be undone"),
                         u"clear"_s);
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    auto rename = addAction(tr("Rename"), tr("Give the run a label"), {});
    auto limits =
        addAction(tr("What is kept…"), tr("How many runs are kept, and for how long"), {});
    connect(m_open, &QAction::triggered, this, &ShelfPane::openSelected);
    connect(m_compare, &QAction::triggered, this, &ShelfPane::compareSelected);
    connect(m_pin, &QAction::triggered, this, &ShelfPane::togglePin);
    connect(m_remove, &QAction::triggered, this, &ShelfPane::removeSelected);
    connect(rename, &QAction::triggered, this, [this] {
        const QModelIndex current = m_view->currentIndex();
        if (current.isValid())
            m_view->edit(current.siblingAtColumn(ShelfModel::LabelColumn));
    });
    connect(limits, &QAction::triggered, this, &ShelfPane::retentionWanted);
}

void ShelfPane::createLayout()
{
    auto row = new QHBoxLayout;
    row->setContentsMargins(2, 2, 2, 2);
    row->addWidget(m_search, 1);
    row->addWidget(m_summary, 1);
    for (QAction *action : {m_open, m_compare, m_pin, m_remove}) {
        auto button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        row->addWidget(button);
    }
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_view, 1);
}

std::vector<LibraryEntry> ShelfPane::selected() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    std::vector<LibraryEntry> entries;
    for (const int row : rows)
        entries.push_back(m_model.entryAt(row));
    return entries;
}

QStringList ShelfPane::selectedFiles() const
{
    QStringList files;
    for (const LibraryEntry &entry : selected())
        files.append(entry.file);
    return files;
}

void ShelfPane::openSelected()
{
    QStringList paths;
    for (const LibraryEntry &entry : selected())
        paths.append(entry.path);
    Q_EMIT openWanted(paths);
}

void ShelfPane::compareSelected()
{
    const QList<QStringList> sides = comparisonSides(selected());
    if (!sides.isEmpty())
        Q_EMIT compareWanted(sides);
}

/// Pins all, unless all are.
void ShelfPane::togglePin()
{
    const std::vector<LibraryEntry> entries = selected();
    const bool arePinned = std::ranges::all_of(entries, &LibraryEntry::isPinned);
    for (const LibraryEntry &entry : entries)
        m_shelf.setPinned(entry.file, !arePinned);
}

void ShelfPane::removeSelected()
{
    m_shelf.remove(selectedFiles());
}

void ShelfPane::keepSelection()
{
    for (const QString &file : std::exchange(m_selectedBefore, {})) {
        const QModelIndex index = m_model.index(m_model.rowOf(file), 0);
        if (index.isValid())
            m_view->selectionModel()->select(
                index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    refreshActions();
}

void ShelfPane::refreshActions()
{
    const std::vector<LibraryEntry> entries = selected();
    m_open->setEnabled(!entries.empty());
    m_pin->setEnabled(!entries.empty());
    m_remove->setEnabled(!entries.empty());
    m_compare->setEnabled(!comparisonSides(entries).isEmpty());
    const bool arePinned =
        !entries.empty() && std::ranges::all_of(entries, &LibraryEntry::isPinned);
    m_pin->setText(arePinned ? tr("Unpin") : tr("Pin"));
    refreshSummary();
}

void ShelfPane::refreshSummary()
{
    const auto all = qint64(m_shelf.entries().size());
    const int shown = m_model.rowCount();
    if (all == 0)
        m_summary->setText(tr("Every run is kept here, from its first task on"));
    else if (shown == all)
        m_summary->setText(all == 1 ? tr("1 run") : tr("%L1 runs").arg(all));
    else
        m_summary->setText(tr("%L1 of %L2 runs").arg(shown).arg(all));
}

} // namespace Fanfare
