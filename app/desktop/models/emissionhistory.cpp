// SPDX-License-Identifier: MIT
#include "emissionhistory.h"

#include "desktop/appearance.h"
#include "desktop/commandtext.h"
#include "rowspan.h"

#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Fanfare {

using namespace Qt::StringLiterals;

EmissionHistory::EmissionHistory(const RunModel &run, QObject *parent)
    : QAbstractTableModel(parent)
    , m_run(run)
{
}

bool EmissionHistory::tryExtend(EmissionId first, const EmitCommand &command)
{
    if (m_entries.empty())
        return false;
    Entry &newest = m_entries.front();
    if (number(newest.first) + newest.command.count != number(first)
        || newest.command.event != command.event)
        return false;
    newest.command.count += command.count;
    Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1));
    return true;
}

void EmissionHistory::add(EmissionId first, const EmitCommand &command, bool goesOn,
                          std::chrono::milliseconds pause)
{
    if (goesOn && tryExtend(first, command))
        return;
    beginInsertRows({}, 0, 0);
    m_entries.push_front({first, command, QTime::currentTime(), {}, pause});
    endInsertRows();
    if (m_entries.size() > maximumCount) {
        beginRemoveRows({}, int(maximumCount), int(maximumCount));
        m_entries.pop_back();
        endRemoveRows();
    }
}

static bool contains(const EmissionHistory::Entry &entry, EmissionId emission)
{
    return number(entry.first) <= number(emission)
        && number(emission) < number(entry.first) + entry.command.count;
}

EmissionHistory::Entry *EmissionHistory::entryOf(EmissionId emission)
{
    const auto found =
        std::partition_point(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
            return number(entry.first) > number(emission);
        });
    return found != m_entries.end() && contains(*found, emission) ? &*found : nullptr;
}

int EmissionHistory::rowOf(std::optional<EmissionId> emission) const
{
    if (!emission)
        return -1;
    const auto found = std::ranges::find_if(
        m_entries, [&](const Entry &entry) { return contains(entry, *emission); });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

void EmissionHistory::setHovered(std::optional<EmissionId> emission)
{
    if (emission == m_hovered)
        return;
    const int before = rowOf(std::exchange(m_hovered, emission));
    for (const int row : {before, rowOf(m_hovered)}) {
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), {Qt::BackgroundRole});
    }
}

void EmissionHistory::refreshCounts()
{
    const size_t end = m_run.spanCount();
    m_seen = std::min(m_seen, end); // the run was cleared; what was counted stays
    if (m_seen == end)
        return;
    for (; m_seen < end; ++m_seen) {
        if (!m_run.isKept(m_seen))
            continue;
        const SpanRecord record = m_run.span(m_seen).record;
        if (Entry *entry = entryOf(record.task.emission))
            ++entry->outcomes[size_t(record.outcome)];
    }
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, OutcomeColumn), index(rowCount() - 1, OutcomeColumn));
}

void EmissionHistory::takeAsCounted()
{
    m_seen = m_run.spanCount();
}

static bool isNewer(const EmissionHistory::Entry &left, const EmissionHistory::Entry &right)
{
    return number(left.first) > number(right.first);
}

void EmissionHistory::remove(const std::deque<Entry> &entries)
{
    beginResetModel();
    std::erase_if(m_entries, [&](const Entry &entry) {
        return std::binary_search(entries.begin(), entries.end(), entry, isNewer);
    });
    endResetModel();
}

void EmissionHistory::restore(const std::deque<Entry> &entries)
{
    beginResetModel();
    std::deque<Entry> all;
    std::merge(m_entries.begin(), m_entries.end(), entries.begin(), entries.end(),
               std::back_inserter(all), isNewer);
    m_entries = std::move(all);
    endResetModel();
}

const EmissionHistory::Entry *EmissionHistory::entryAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[size_t(row)] : nullptr;
}

int EmissionHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int EmissionHistory::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

static quint64 failuresOf(const EmissionHistory::Entry &entry)
{
    quint64 failures = 0;
    for (size_t outcome = 0; outcome < entry.outcomes.size(); ++outcome)
        failures += isFailure(Outcome(outcome)) ? entry.outcomes[outcome] : 0;
    return failures;
}

/// "✓3 ✕1 ○2": succeeded, failed in any way, canceled.
static QString outcomesOf(const EmissionHistory::Entry &entry)
{
    QStringList parts;
    const auto add = [&parts](const QString &sign, quint64 count) {
        if (count > 0)
            parts.append(sign + QLocale().toString(count));
    };
    add(u"✓"_s, entry.outcomes[size_t(Outcome::Succeeded)]);
    add(u"✕"_s, failuresOf(entry));
    add(u"○"_s, entry.outcomes[size_t(Outcome::Canceled)]);
    return parts.isEmpty() ? u"…"_s : parts.join(u' ');
}

static QString titleOf(const EmissionHistory::Entry &entry)
{
    const QString event = u"#%1 %2"_s.arg(number(entry.first)).arg(entry.command.event);
    return entry.command.count == 1
        ? event
        : EmissionHistory::tr("%1 × %L2").arg(event).arg(entry.command.count);
}

QVariant EmissionHistory::data(const QModelIndex &index, int role) const
{
    const Entry *entry = index.isValid() ? entryAt(index.row()) : nullptr;
    if (!entry)
        return {};
    if (role == Qt::ForegroundRole && index.column() == OutcomeColumn && failuresOf(*entry) > 0)
        return accentColor(Accent::Bad, QGuiApplication::palette());
    if (role == Qt::BackgroundRole && m_hovered && contains(*entry, *m_hovered)) {
        const QPalette palette = QGuiApplication::palette();
        return blended(palette.color(QPalette::Base), palette.color(QPalette::Highlight), 0.18);
    }
    if (role == Qt::ToolTipRole && index.column() == ArgumentsColumn)
        return argumentsPreview(entry->command, 2000);
    if (role == Qt::ToolTipRole && index.column() == OutcomeColumn)
        return tr("✓ succeeded, ✕ failed, crashed or timed out, ○ canceled");
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case EventColumn:
        return titleOf(*entry);
    case ArgumentsColumn:
        return argumentsPreview(entry->command);
    case TimeColumn:
        return entry->time.toString(u"HH:mm:ss"_s);
    default:
        return outcomesOf(*entry);
    }
}

Qt::ItemFlags EmissionHistory::flags(const QModelIndex &index) const
{
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled
                           : Qt::NoItemFlags;
}

QStringList EmissionHistory::mimeTypes() const
{
    return {commandMimeType};
}

QMimeData *EmissionHistory::mimeData(const QModelIndexList &indexes) const
{
    const Entry *entry = indexes.isEmpty() ? nullptr : entryAt(indexes.first().row());
    if (!entry)
        return nullptr;
    auto data = new QMimeData;
    data->setData(commandMimeType, bytesOf(entry->command));
    return data;
}

QVariant EmissionHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Emission"), tr("Arguments"), tr("Time"), tr("Tasks")};
    return titles.value(section);
}

} // namespace Fanfare
