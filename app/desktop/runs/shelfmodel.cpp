// SPDX-License-Identifier: MIT
#include "shelfmodel.h"

#include "desktop/appearance.h"
#include "runtext.h"
#include "shelf.h"

#include <QLocale>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

ShelfModel::ShelfModel(Shelf &shelf, QObject *parent)
    : QAbstractTableModel(parent)
    , m_shelf(shelf)
{
    connect(&m_shelf, &Shelf::changed, this, &ShelfModel::reload);
    reload();
}

void ShelfModel::setSearch(const QString &text)
{
    m_search = text;
    reload();
}

/// While the list stays the same, so do its rows: an editor in one of them is left alone.
void ShelfModel::reload()
{
    std::vector<LibraryEntry> rows;
    std::ranges::copy_if(m_shelf.entries(), std::back_inserter(rows),
                         [this](const LibraryEntry &entry) { return matches(entry, m_search); });
    const bool isSameList =
        std::ranges::equal(rows, m_rows, {}, &LibraryEntry::file, &LibraryEntry::file);
    if (isSameList) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const LibraryEntry &ShelfModel::entryAt(int row) const
{
    return m_rows[size_t(row)];
}

int ShelfModel::rowOf(const QString &file) const
{
    const auto found = std::ranges::find(m_rows, file, &LibraryEntry::file);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int ShelfModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ShelfModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

static RunInfo infoOf(const LibraryEntry &entry)
{
    return {.executor = entry.executor, .workers = entry.workers, .beginUtc = entry.beginUtc};
}

QString ShelfModel::text(const LibraryEntry &entry, int column) const
{
    switch (column) {
    case LabelColumn:
        return !entry.label.isEmpty()   ? entry.label
            : !entry.scenario.isEmpty() ? entry.scenario
                                        : tr("by hand");
    case WhenColumn:
        return RunText::when(infoOf(entry));
    case WhereColumn:
        return RunText::where(infoOf(entry));
    case TasksColumn:
        return entry.isEnded ? QLocale().toString(entry.tasks)
            : entry.goesOn   ? tr("goes on")
                             : tr("was torn off");
    case FailedColumn:
        return entry.unsuccessful > 0 ? QLocale().toString(entry.unsuccessful) : QString();
    case TimeColumn:
        return entry.isEnded ? RunText::duration(entry.wall) : QString();
    case TagsColumn:
        return entry.tags.join(u", "_s);
    default:
        return entry.notes;
    }
}

QString ShelfModel::tip(const LibraryEntry &entry) const
{
    const RunEnvironment &machine = entry.environment;
    QStringList lines{entry.path,
                      tr("%1, %2").arg(QLocale().formattedDataSize(entry.size),
                                       entry.id.first(std::min<qsizetype>(8, entry.id.size())))};
    if (!machine.host.isEmpty())
        lines.append(
            (machine.cores == 1
                 ? tr("%1: %2, 1 core").arg(machine.host, machine.processor)
                 : tr("%1: %2, %3 cores").arg(machine.host, machine.processor).arg(machine.cores)));
    if (!machine.fanfare.isEmpty())
        lines.append(tr("Fanfare %1, Qt %2").arg(machine.fanfare, machine.qt));
    return lines.join(u'\n');
}

QVariant ShelfModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LibraryEntry &entry = entryAt(index.row());
    const bool isNumber = index.column() >= TasksColumn && index.column() <= TimeColumn;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        return tip(entry);
    case Qt::DecorationRole:
        return entry.isPinned && index.column() == LabelColumn ? QVariant(symbolIcon(u"pin"_s))
                                                               : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

bool ShelfModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    const QString file = entryAt(index.row()).file;
    if (value.toString() == text(entryAt(index.row()), index.column()))
        return false;
    if (index.column() == LabelColumn)
        m_shelf.setLabel(file, value.toString().trimmed());
    else if (index.column() == TagsColumn)
        m_shelf.setTags(file, tagsOf(value.toString()));
    else if (index.column() == NotesColumn)
        m_shelf.setNotes(file, value.toString());
    return false; // the shelf says when it is so
}

QVariant ShelfModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Run"),           tr("When"), tr("Where"), tr("Tasks"),
                             tr("Not succeeded"), tr("Time"), tr("Tags"),  tr("Notes")};
    return titles.value(section);
}

Qt::ItemFlags ShelfModel::flags(const QModelIndex &index) const
{
    const bool isOurs = index.column() == LabelColumn || index.column() == TagsColumn
        || index.column() == NotesColumn;
    return QAbstractTableModel::flags(index) | (isOurs ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace Fanfare
