// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanexport.h"

#include "desktop/timeline/timelinetooltip.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString spanJson(const RunModel &model, const SpanEntry &span)
{
    const SpanRecord &record = span.record;
    QJsonObject object{
        {u"emission"_s, qint64(number(record.task.emission))},
        {u"task"_s, record.task.index},
        {u"plugin"_s, model.handler(span.handler).plugin},
        {u"handler"_s, model.handler(span.handler).handler},
        {u"event"_s, model.eventName(record.task.emission)},
        {u"worker"_s, model.lane(span.lane).name},
        {u"outcome"_s, TimelineTooltip::outcomeWord(record.outcome)},
        {u"attempt"_s, record.attempt},
        {u"queuedNs"_s, record.queued - model.startTime()},
        {u"startedNs"_s, record.started - model.startTime()},
        {u"finishedNs"_s, record.finished - model.startTime()},
    };
    const QString error = model.detail(record.task).value_or(TaskDetail()).error.what;
    if (!error.isEmpty())
        object.insert(u"error"_s, error);
    return QString::fromUtf8(QJsonDocument(object).toJson());
}

/// As RFC 4180 wants it.
static QString quoted(QString text)
{
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n'))
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

static QString tableLine(const RunModel &model, quint32 lane, const RowSpan &span)
{
    const HandlerEntry &handler = model.handler(span.handler);
    const QStringList cells{QString::number(number(span.task.emission)),
                            QString::number(span.task.index),
                            quoted(handler.plugin),
                            quoted(handler.handler),
                            quoted(model.eventName(span.task.emission)),
                            quoted(model.lane(lane).name),
                            TimelineTooltip::outcomeWord(span.outcome),
                            QString::number(span.queued - model.startTime()),
                            QString::number(span.started - model.startTime()),
                            QString::number(span.finished - model.startTime())};
    return cells.join(u',') + u'\n';
}

QString areaTable(const RunModel &model, const TimelineTracks &tracks, const TimelineArea &area,
                  size_t most)
{
    QString table =
        u"emission,task,plugin,handler,event,worker,outcome,queuedNs,startedNs,finishedNs\n"_s;
    size_t count = 0;
    for (const quint32 lane : area.lanes) {
        if (lane >= tracks.lanes().size())
            continue;
        for (const SpanRow &row : tracks.lanes()[lane].rows) {
            const size_t started = row.startedBefore(area.from);
            const size_t end = row.startedBefore(area.to, started);
            for (size_t at = row.firstOpenAt(area.from, started); at < end && count < most; ++at) {
                table += tableLine(model, lane, row[at]);
                ++count;
            }
        }
    }
    return table;
}

} // namespace Fanfare
