// SPDX-License-Identifier: MIT
#include "palettemodel.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr auto handlerPrefix = "handler:"_L1;

PaletteModel::PaletteModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void PaletteModel::setItems(QList<PaletteItem> items, const QStringList &recent)
{
    m_items = std::move(items);
    m_fixedCount = m_items.size();
    m_recent = recent;
    setPattern({});
}

void PaletteModel::setReader(PaletteReader reader)
{
    m_reader = std::move(reader);
}

void PaletteModel::setPattern(const QString &pattern)
{
    beginResetModel();
    m_items.resize(m_fixedCount);
    m_rows.clear();
    fill(pattern.trimmed());
    endResetModel();
}

int PaletteModel::recencyOf(const QString &id) const
{
    const qsizetype place = m_recent.indexOf(id);
    return place < 0 ? 0 : int(m_recent.size() - place);
}

std::optional<PaletteModel::Row> PaletteModel::rowFor(qsizetype item, QStringView pattern,
                                                      bool handlersOnly) const
{
    const PaletteItem &candidate = m_items[item];
    if (handlersOnly && !candidate.id.startsWith(handlerPrefix))
        return {};
    const std::optional<FuzzyMatch> match = fuzzyMatch(pattern, candidate.text);
    if (!match)
        return {};
    return Row{item, *match, recencyOf(candidate.id)};
}

void PaletteModel::fill(const QString &pattern)
{
    const bool handlersOnly = pattern.startsWith(u'@');
    const QString wanted = handlersOnly ? pattern.mid(1) : pattern;
    for (qsizetype item = 0; item < m_fixedCount; ++item) {
        if (std::optional<Row> row = rowFor(item, wanted, handlersOnly))
            m_rows.push_back(*std::move(row));
    }
    // What was used last wins among those that fit alike, and everywhere while nothing is typed.
    constexpr int worthOfRecent = 6;
    const auto value = [&](const Row &row) {
        return wanted.isEmpty() ? row.recency
                                : row.match.score + (row.recency > 0 ? worthOfRecent : 0);
    };
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [&](const Row &left, const Row &right) { return value(left) > value(right); });
    PaletteItem read = m_reader ? m_reader(pattern) : PaletteItem();
    if (read.run) {
        m_items.append(std::move(read));
        m_rows.insert(m_rows.begin(), Row{m_fixedCount, {}, 0});
    }
}

const PaletteItem *PaletteModel::itemAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_items[m_rows[size_t(row)].item] : nullptr;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteItem *item = index.isValid() ? itemAt(index.row()) : nullptr;
    if (!item)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return item->text;
    case Qt::DecorationRole:
        return item->icon;
    case Qt::AccessibleTextRole:
        return item->keys.isEmpty() ? u"%1, %2"_s.arg(item->text, item->place)
                                    : u"%1, %2, %3"_s.arg(item->text, item->place, item->keys);
    case PlaceRole:
        return item->place;
    case KeysRole:
        return item->keys;
    case CheckedRole:
        return item->isChecked;
    case PositionsRole:
        return QVariant::fromValue(m_rows[size_t(index.row())].match.positions);
    default:
        return {};
    }
}

QStringList withRecent(QStringList recent, const QString &id)
{
    recent.removeAll(id);
    recent.prepend(id);
    return recent.mid(0, PaletteModel::mostRecent);
}

} // namespace Fanfare
