// SPDX-License-Identifier: MIT
#include "logmodel.h"

#include "desktop/appearance.h"
#include "desktop/panes/durationtext.h"

#include <QDeadlineTimer>
#include <QFontDatabase>
#include <QGuiApplication>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr auto sliceTime = 8ms; // of the 16 a frame has

LogModel::LogModel(const RunModel &run, QObject *parent)
    : QAbstractTableModel(parent)
    , m_run(run)
{
    connect(&m_rest, &QTimer::timeout, this, [this] {
        appendNew(sliceTime);
        Q_EMIT advanced();
    });
    refresh();
}

int LogModel::refresh()
{
    if (m_run.forgottenLines() + m_run.lineCount() < m_seen)
        startAgain();
    const int removed = dropForgotten();
    appendNew(sliceTime);
    return removed;
}

void LogModel::sortRest()
{
    while (isSorting())
        appendNew(1h);
}

void LogModel::setFilter(const LogFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    startAgain();
    appendNew(sliceTime);
}

void LogModel::setFolding(bool folding)
{
    if (folding == m_isFolding)
        return;
    m_isFolding = folding;
    startAgain();
    appendNew(sliceTime);
}

void LogModel::setMarked(std::optional<TaskId> task)
{
    if (task == m_marked)
        return;
    m_marked = task;
    announceColors();
}

void LogModel::setHovered(std::optional<EmissionId> emission)
{
    if (emission == m_hovered)
        return;
    m_hovered = emission;
    announceColors();
}

void LogModel::setRules(const QList<LogRule> &rules)
{
    if (rules == m_rules.list())
        return;
    m_rules = LogRules(rules);
    announceColors();
}

void LogModel::announceColors()
{
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1),
                           {Qt::BackgroundRole, Qt::ForegroundRole});
    }
}

void LogModel::startAgain()
{
    beginResetModel();
    m_rows.clear();
    m_shown = 0;
    m_seen = m_run.forgottenLines();
    endResetModel();
}

/// A row stays until the last of its lines is forgotten.
int LogModel::dropForgotten()
{
    const quint64 first = m_run.forgottenLines();
    m_seen = std::max(m_seen, first);
    size_t count = 0;
    quint64 lines = 0;
    for (; count < m_rows.size() && m_rows[count].last < first; ++count)
        lines += m_rows[count].count;
    if (count == 0)
        return 0;
    beginRemoveRows({}, 0, int(count) - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + qsizetype(count));
    m_shown -= lines;
    endRemoveRows();
    return int(count);
}

/// The rows of lines that are not sorted in yet; of all of them, or as many as \a most allows.
std::vector<LogModel::Row> LogModel::takeRows(std::chrono::milliseconds most, bool &hasLastGrown)
{
    constexpr quint64 linesPerLook = 1024; // at the clock
    const quint64 end = m_run.forgottenLines() + m_run.lineCount();
    const QDeadlineTimer deadline(most);
    std::vector<Row> fresh;
    for (; m_seen < end; ++m_seen) {
        if (m_seen % linesPerLook == 0 && deadline.hasExpired())
            break;
        const LogLine &line = lineAt(m_seen);
        if (!matches(line, m_seen))
            continue;
        ++m_shown;
        Row *before = !fresh.empty() ? &fresh.back() : !m_rows.empty() ? &m_rows.back() : nullptr;
        if (before && m_isFolding && repeats(*before, line)) {
            before->last = m_seen;
            ++before->count;
            hasLastGrown |= fresh.empty();
        } else {
            fresh.push_back({m_seen, m_seen, 1});
        }
    }
    if (m_seen == end)
        m_rest.stop();
    else if (!m_rest.isActive())
        m_rest.start(0);
    return fresh;
}

void LogModel::appendNew(std::chrono::milliseconds most)
{
    bool hasLastGrown = false;
    const std::vector<Row> fresh = takeRows(most, hasLastGrown);
    const int first = rowCount();
    if (hasLastGrown)
        Q_EMIT dataChanged(index(first - 1, 0), index(first - 1, ColumnCount - 1));
    if (fresh.empty())
        return;
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

bool LogModel::repeats(const Row &row, const LogLine &line) const
{
    const LogLine &before = lineAt(row.last);
    return before.task == line.task && before.level == line.level && before.text == line.text;
}

/// What is quick to know is asked first: a filter looks at up to a million lines.
bool LogModel::matches(const LogLine &line, quint64 number) const
{
    if (!m_filter.accepts(line, number) || !isOnLane(line))
        return false;
    if (!m_filter.handler().isEmpty() && handlerOf(line) != m_filter.handler())
        return false;
    return m_filter.text().isEmpty() || m_filter.matches(line.text)
        || m_filter.matches(levelText(line.level)) || m_filter.matches(taskText(line));
}

/// Whether it comes from one of the lanes that are asked for, or from none at all: what the engine
/// says is about all of them.
bool LogModel::isOnLane(const LogLine &line) const
{
    if (!m_filter.times() || m_filter.times()->lanes.empty())
        return true;
    const auto isAsked = [&](quint32 lane) {
        return std::ranges::find(m_filter.times()->lanes, lane) != m_filter.times()->lanes.end();
    };
    if (const std::optional<SpanEntry> span = m_run.find(line.task))
        return isAsked(span->lane);
    const std::optional<OpenTask> open = m_run.findOpen(line.task);
    return !open || open->started == 0 || isAsked(m_run.laneIndex(open->lane));
}

TaskId LogModel::taskAt(int row) const
{
    return row >= 0 && row < rowCount() ? lineAt(m_rows[size_t(row)].first).task : TaskId();
}

int LogModel::firstRowOf(TaskId task) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Row &row) { return lineAt(row.first).task == task; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

quint64 LogModel::numberAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[size_t(row)].first : 0;
}

qint64 LogModel::hiddenCount() const
{
    return qint64(m_run.lineCount()) - qint64(std::min<quint64>(m_shown, m_run.lineCount()));
}

/// Safe for lines that the run model has forgotten since the last refresh.
const LogLine &LogModel::lineAt(quint64 number) const
{
    static const LogLine gone;
    const quint64 first = m_run.forgottenLines();
    const bool isThere = number >= first && number - first < m_run.lineCount();
    return isThere ? m_run.line(size_t(number - first)) : gone;
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

QString LogModel::handlerOf(const LogLine &line) const
{
    if (const std::optional<SpanEntry> span = m_run.find(line.task))
        return m_run.handler(span->handler).handler;
    return line.subscriber == SubscriberId{}
        ? QString()
        : m_run.handler(m_run.handlerIndex(line.subscriber)).handler;
}

QString LogModel::text(const Row &row, int column) const
{
    // Of a row whose first lines are forgotten the last one speaks.
    const LogLine &line = lineAt(row.first >= m_run.forgottenLines() ? row.first : row.last);
    switch (column) {
    case TimeColumn:
        return momentText(std::max<qint64>(0, line.time - m_run.startTime()));
    case LevelColumn:
        return levelText(line.level);
    case TaskColumn:
        return taskText(line);
    default:
        return row.count > 1 ? tr("%1  (× %L2)").arg(line.text).arg(row.count) : line.text;
    }
}

QVariant LogModel::toolTip(const Row &row) const
{
    const LogLine &line = lineAt(row.last);
    if (row.count == 1)
        return line.text;
    const qint64 start = m_run.startTime();
    return tr("%1\n%L2 times, from %3 to %4")
        .arg(line.text)
        .arg(row.count)
        .arg(text(row, TimeColumn), momentText(std::max<qint64>(0, line.time - start)));
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

/// Asked for the few rows that are painted, so nothing is kept.
std::optional<Tint> LogModel::tintOf(const Row &row) const
{
    if (m_rules.isEmpty())
        return {};
    const LogLine &line = lineAt(row.last);
    return m_rules.tintOf(line.level, taskText(line), line.text);
}

/// How much of the color of selections its background has.
double LogModel::markOf(const Row &row) const
{
    const TaskId task = lineAt(row.last).task;
    if (m_marked && task == *m_marked)
        return 0.18;
    return m_hovered && task.emission == *m_hovered ? 0.1 : 0;
}

QVariant LogModel::background(const Row &row) const
{
    const QPalette palette = QGuiApplication::palette();
    const std::optional<Tint> tint = tintOf(row);
    if (const double mark = markOf(row); mark > 0) {
        const QColor below = tint ? tintColor(*tint, palette) : palette.color(QPalette::Base);
        return blended(below, palette.color(QPalette::Highlight), mark);
    }
    return tint ? QVariant(tintColor(*tint, palette)) : QVariant();
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[size_t(index.row())];
    const LogLine &line = lineAt(row.last);
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::ForegroundRole)
        return tintOf(row) ? QGuiApplication::palette().color(QPalette::Text)
                           : colorOf(line.level, index.column());
    if (role == Qt::BackgroundRole)
        return background(row);
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return toolTip(row);
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
