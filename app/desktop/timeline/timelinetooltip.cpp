// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetooltip.h"

#include "desktop/panes/clustertext.h"
#include "desktop/panes/durationtext.h"
#include "desktop/panes/laneeventtext.h"
#include "desktop/panes/outcomelook.h"

#include <fanfare/base/clock.h>

#include <QLocale>

#include <algorithm>
#include <iterator>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString TimelineTooltip::outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Succeeded:
        return tr("succeeded");
    case Outcome::Failed:
        return tr("failed");
    case Outcome::Crashed:
        return tr("crashed");
    case Outcome::TimedOut:
        return tr("timed out");
    case Outcome::Canceled:
        return tr("canceled");
    case Outcome::Rejected:
        return tr("rejected");
    case Outcome::Quarantined:
        return tr("quarantined");
    case Outcome::Interrupted:
        return tr("interrupted");
    }
    return QString();
}

static QString tableText(const QString &title, const std::vector<std::pair<QString, QString>> &rows)
{
    QString text = u"<p style='white-space:pre'><b>%1</b></p><table>"_s.arg(title.toHtmlEscaped());
    for (const auto &[name, value] : rows) {
        if (!value.isEmpty())
            text += u"<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>"_s.arg(name.toHtmlEscaped(),
                                                                         value.toHtmlEscaped());
    }
    return text + u"</table>"_s;
}

static QString firstLine(const QString &text)
{
    constexpr int longest = 160;
    const QString line = text.section(u'\n', 0, 0);
    return line.size() > longest ? line.left(longest) + u'\u2026' : line;
}

TimelineTooltip::TimelineTooltip(const TimelineTracks &tracks, const RunModel &model, qint64 now)
    : m_tracks(tracks)
    , m_model(model)
    , m_now(now)
{
}

QString TimelineTooltip::textFor(const TimelineHit &hit) const
{
    switch (hit.kind) {
    case HitKind::Span:
        return spanText(m_model.spans().at(hit.place));
    case HitKind::Running:
        return openText(m_tracks.open()[hit.index]);
    case HitKind::Queued:
        return openText(m_tracks.queued()[hit.index]);
    case HitKind::Column:
        return columnText(hit);
    case HitKind::LaneEvents:
        return laneEventsText(hit);
    case HitKind::Emissions:
        return emissionsText(hit);
    case HitKind::Group:
    case HitKind::Nothing:
        break;
    }
    return QString();
}

TimelineTooltip::Rows TimelineTooltip::originRows(TaskId task, quint32 handler) const
{
    return {{tr("Plugin"), m_model.handler(handler).plugin},
            {tr("Event"), m_model.eventName(task.emission)},
            {tr("Emission"), u"#%1"_s.arg(number(task.emission))}};
}

QString TimelineTooltip::outcomeText(const SpanEntry &span) const
{
    const QString word = outcomeWord(span.record.outcome);
    const std::optional<TaskDetail> detail = m_model.detail(span.record.task);
    if (!detail || detail->reason.isEmpty())
        return word;
    return u"%1 (%2)"_s.arg(word, detail->reason);
}

QString TimelineTooltip::spanText(const SpanEntry &span) const
{
    const SpanRecord &record = span.record;
    Rows rows = originRows(record.task, span.handler);
    rows.emplace_back(tr("Waited"),
                      durationText(record.started - record.queued - record.sentBefore));
    if (record.sentBefore > 0)
        rows.emplace_back(tr("Sent"), durationText(record.sentBefore));
    rows.emplace_back(tr("Ran"), durationText(record.finished - record.started));
    if (record.repliedAfter > 0)
        rows.emplace_back(tr("Reply"), durationText(record.repliedAfter));
    if (record.cpu >= 0)
        rows.emplace_back(tr("CPU"), durationText(record.cpu));
    if (record.peakMemory > 0)
        rows.emplace_back(tr("Memory"), memoryText(record.peakMemory));
    rows.emplace_back(tr("Worker"), m_model.lane(span.lane).name);
    if (const HostFact *host = hostOfLane(m_model.cluster(), m_model.lane(span.lane).name))
        rows.emplace_back(tr("Clock there"), clockText(*host));
    if (record.attempt > 1)
        rows.emplace_back(tr("Attempt"), QString::number(record.attempt));
    rows.emplace_back(tr("Outcome"), outcomeText(span));
    if (span.isOdd)
        rows.emplace_back(tr("Clock"), tr("its times contradict each other"));
    const QString error = m_model.detail(record.task).value_or(TaskDetail()).error.what;
    rows.emplace_back(tr("Error"),
                      error.isEmpty() ? outcomeSentence(record.outcome) : firstLine(error));
    return tableText(m_model.handler(span.handler).handler, rows);
}

QString TimelineTooltip::openText(const OpenSpan &open) const
{
    const bool isRunning = open.task.started != 0;
    Rows rows = originRows(open.task.task, open.handler);
    const qint64 waitEnd = isRunning ? open.task.started : m_now;
    rows.emplace_back(isRunning ? tr("Waited") : tr("Waiting for"),
                      durationText(waitEnd - open.task.queued));
    if (isRunning) {
        rows.emplace_back(tr("Running for"), durationText(m_now - open.task.started));
        rows.emplace_back(tr("Worker"), m_model.lane(open.lane).name);
        if (open.task.progress >= 0)
            rows.emplace_back(tr("Progress"),
                              u"%1 %"_s.arg(static_cast<int>(open.task.progress * 100)));
    }
    return tableText(m_model.handler(open.handler).handler, rows);
}

QString TimelineTooltip::columnText(const TimelineHit &hit) const
{
    const SpanRow &row = m_tracks.row(hit.place.lane, hit.place.row);
    const size_t first = hit.place.position;
    const size_t end = std::min(row.size(), first + hit.count);
    const qint64 busy = row.busyBetween(hit.from, hit.to);
    const double share =
        static_cast<double>(busy) / static_cast<double>(std::max<qint64>(1, hit.to - hit.from));
    qint64 longest = 0;
    constexpr size_t most = 100'000; // about 1 ms
    for (size_t at = first; at < std::min(end, first + most); ++at)
        longest = std::max(longest, row.length(at));
    const quint32 failures = row.failuresAmong(end) - row.failuresAmong(first);
    return tableText(tr("%1 tasks").arg(QLocale().toString(qulonglong(hit.count))),
                     {{tr("In"), durationText(hit.to - hit.from)},
                      {tr("Busy"), u"%1 %"_s.arg(QString::number(share * 100, 'f', 1))},
                      {tr("Failures"), QLocale().toString(failures)},
                      {tr("Longest"), durationText(longest)},
                      {tr("Worker"), m_model.lane(hit.place.lane).name}});
}

QString TimelineTooltip::groupText(const GroupPlace &group, const TimelineHit &hit) const
{
    const qint64 time = std::max<qint64>(1, hit.to - hit.from);
    double busy = 0;
    quint64 tasks = 0;
    quint64 failures = 0;
    for (const quint32 lane : group.lanes) {
        qint64 ofLane = 0;
        for (int row = 0; lane < m_tracks.lanes().size()
             && row < static_cast<int>(m_tracks.lanes()[lane].rows.size());
             ++row) {
            const SpanRow &spans = m_tracks.row(lane, row);
            const size_t started = spans.startedBefore(hit.from);
            const size_t first = spans.firstOpenAt(hit.from, started);
            const size_t end = spans.startedBefore(hit.to, started);
            tasks += end - first;
            failures += spans.failuresAmong(end) - spans.failuresAmong(first);
            ofLane += spans.busyBetween(hit.from, hit.to);
        }
        for (const OpenSpan &open : m_tracks.open()) {
            const qint64 from = std::max(hit.from, open.task.started);
            ofLane += open.lane == lane ? std::max<qint64>(0, std::min(hit.to, m_now) - from) : 0;
        }
        busy += std::min(1.0, static_cast<double>(ofLane) / static_cast<double>(time));
    }
    const double share = busy / std::max<double>(1, static_cast<double>(group.lanes.size()));
    const QLocale locale;
    Rows rows{{tr("Workers"), locale.toString(qulonglong(group.lanes.size()))},
              {tr("In"), durationText(time)},
              {tr("Busy"), u"%1 %"_s.arg(QString::number(share * 100, 'f', 1))},
              {tr("Tasks"), locale.toString(qulonglong(tasks))},
              {tr("Failures"), locale.toString(qulonglong(failures))}};
    if (const HostFact *host =
            hostOfLane(m_model.cluster(), m_model.lane(group.lanes.front()).name)) {
        rows.emplace_back(tr("Clock there"), clockText(*host));
    }
    return tableText(groupTitle(group.group), rows);
}

QString TimelineTooltip::hostText(const QString &title, quint32 lane) const
{
    const LaneEntry &worker = m_model.lane(lane);
    const HostFact *host = hostOfLane(m_model.cluster(), worker.name);
    const std::optional<LaneGroup> group = laneGroup(worker);
    if (!host && (!group || group->host.isEmpty() || m_model.cluster().broker.isEmpty()))
        return QString();
    Rows rows;
    if (group && group->host != title)
        rows.emplace_back(tr("Host"), group->host);
    if (!host)
        rows.emplace_back(tr("State"), tr("gone"));
    else
        std::ranges::move(hostRows(*host, MonotonicClock::now()), std::back_inserter(rows));
    return tableText(title, rows);
}

QString TimelineTooltip::hostText(quint32 lane) const
{
    return hostText(m_model.lane(lane).name, lane);
}

QString TimelineTooltip::hostText(const GroupPlace &group) const
{
    return hostText(groupTitle(group.group), group.lanes.front());
}

QString TimelineTooltip::laneEventsText(const TimelineHit &hit) const
{
    constexpr size_t maximumRows = 8;
    const std::vector<LaneEvent> &events = m_model.laneEvents(hit.place.lane);
    const size_t end = std::min(events.size(), hit.index + hit.count);
    Rows rows;
    for (size_t i = hit.index; i < std::min(end, hit.index + maximumRows); ++i) {
        const QString at = momentText(events[i].time - m_model.startTime());
        rows.emplace_back(at, laneEventText(events[i]));
    }
    if (end > hit.index + maximumRows)
        rows.emplace_back(QString(), tr("and %1 more").arg(end - hit.index - maximumRows));
    return tableText(m_model.lane(hit.place.lane).name, rows);
}

QString TimelineTooltip::emissionsText(const TimelineHit &hit) const
{
    const EmissionInstant &first = m_tracks.emissions()[hit.index];
    const QString at = durationText(first.time - m_model.startTime());
    if (hit.count == 1)
        return tableText(tr("Emission #%1").arg(number(first.emission)),
                         {{tr("Event"), m_model.eventName(first.emission)},
                          {tr("Tasks"), QString::number(m_model.tasksOf(first.emission).size())},
                          {tr("At"), at}});
    return tableText(tr("%1 emissions").arg(QLocale().toString(qulonglong(hit.count))),
                     {{tr("First"), u"#%1"_s.arg(number(first.emission))},
                      {tr("Event"), m_model.eventName(first.emission)},
                      {tr("At"), at}});
}

QString TimelineTooltip::sentenceFor(TaskId task) const
{
    const std::optional<SpanEntry> span = m_model.find(task);
    if (!span)
        return tr("Task %1 of emission %2, not finished")
            .arg(task.index)
            .arg(number(task.emission));
    return tr("%1, %2, %3, %4, emission %5")
        .arg(m_model.handler(span->handler).handler, outcomeWord(span->record.outcome),
             durationText(span->record.finished - span->record.started),
             m_model.lane(span->lane).name, QString::number(number(task.emission)));
}

} // namespace Fanfare
