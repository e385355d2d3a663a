// SPDX-License-Identifier: MIT
#include "logmodel.h"

#include "desktop/appearance.h"
#include "desktop/panes/durationtext.h"

#include <QFontDatabase>
#include <QGuiApplication>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

LogModel::LogModel(const RunModel &run, QObject *parent)
    : QAbstractTableModel(parent)
    , m_run(run)
{
    refresh();
}

int LogModel::refresh()
{
    if (m_run.forgottenLines() + m_run.lineCount() < m_seen)
        startAgain();
    const int removed = dropForgotten();
    appendNew();
    return removed;
}

void LogModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    m_filter = text;
    startAgain();
    appendNew();
}

void LogModel::startAgain()
{
    beginResetModel();
    m_rows.clear();
    m_seen = m_run.forgottenLines();
    endResetModel();
}

int LogModel::dropForgotten()
{
    const auto firstKept = std::lower_bound(m_rows.begin(), m_rows.end(), m_run.forgottenLines());
    const auto count = int(firstKept - m_rows.begin());
    m_seen = std::max(m_seen, m_run.forgottenLines());
    if (count == 0)
        return 0;
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), firstKept);
    endRemoveRows();
    return count;
}

void LogModel::appendNew()
{
    const quint64 end = m_run.forgottenLines() + m_run.lineCount();
    std::vector<quint64> fresh;
    for (; m_seen < end; ++m_seen) {
        if (matches(m_run.line(size_t(m_seen - m_run.forgottenLines()))))
            fresh.push_back(m_seen);
    }
    if (fresh.empty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

bool LogModel::matches(const LogLine &line) const
{
    if (m_filter.isEmpty() || line.text.contains(m_filter, Qt::CaseInsensitive))
        return true;
    return levelText(line.level).contains(m_filter, Qt::CaseInsensitive)
        || taskText(line).contains(m_filter, Qt::CaseInsensitive);
}

TaskId LogModel::taskAt(int row) const
{
    return row >= 0 && row < rowCount() ? lineAt(row).task : TaskId();
}

qint64 LogModel::hiddenCount() const
{
    return qint64(m_run.lineCount()) - qint64(m_rows.size());
}

/// Safe for rows whose line the run model has forgotten since the last refresh.
const LogLine &LogModel::lineAt(int row) const
{
    static const LogLine gone;
    const quint64 line = m_rows[size_t(row)];
    const quint64 first = m_run.forgottenLines();
    const bool isThere = line >= first && line - first < m_run.lineCount();
    return isThere ? m_run.line(size_t(line - first)) : gone;
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

/// Where the line came from: "#12 · [Sync] · thread 1".
QString LogModel::taskText(const LogLine &line) const
{
    if (line.task.emission == EmissionId{})
        return tr("engine");
    const QString emission = u"#%1"_s.arg(number(line.task.emission));
    if (const std::optional<SpanEntry> span = m_run.find(line.task)) {
        return u"%1 · %2 · %3"_s.arg(emission, m_run.handler(span->handler).handler,
                                     m_run.lane(span->lane).name);
    }
    QString text = emission;
    if (line.subscriber != SubscriberId{})
        text += u" · "_s + m_run.handler(m_run.handlerIndex(line.subscriber)).handler;
    if (const auto open = m_run.findOpen(line.task); open && open->started > 0)
        text += u" · "_s + m_run.lane(m_run.laneIndex(open->lane)).name;
    return text;
}

QString LogModel::text(const LogLine &line, int column) const
{
    switch (column) {
    case TimeColumn:
        return momentText(std::max<qint64>(0, line.time - m_run.startTime()));
    case LevelColumn:
        return levelText(line.level);
    case TaskColumn:
        return taskText(line);
    default:
        return line.text;
    }
}

static QVariant colorOf(LogLevel level, int column)
{
    const QPalette palette = QGuiApplication::palette();
    if (level == LogLevel::Error && column != LogModel::TimeColumn)
        return accentColor(Accent::Bad, palette);
    if (level == LogLevel::Warning && column != LogModel::TimeColumn)
        return accentColor(Accent::Caution, palette);
    if (level == LogLevel::Debug || column != LogModel::TextColumn)
        return accentColor(Accent::Neutral, palette);
    return {};
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LogLine &line = lineAt(index.row());
    if (role == Qt::DisplayRole)
        return text(line, index.column());
    if (role == Qt::ForegroundRole)
        return colorOf(line.level, index.column());
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return line.text;
    if (role == Qt::FontRole && index.column() == TextColumn)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Time"), tr("Level"), tr("Task"), tr("Text")};
    return titles.value(section);
}

QString levelText(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return LogModel::tr("debug");
    case LogLevel::Info:
        return LogModel::tr("info");
    case LogLevel::Warning:
        return LogModel::tr("warning");
    case LogLevel::Error:
        return LogModel::tr("error");
    case LogLevel::Printed:
        break;
    }
    return LogModel::tr("printed");
}

} // namespace Fanfare
