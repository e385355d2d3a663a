// SPDX-License-Identifier: MIT
#include "desktop/models/runend.h"

#include <algorithm>

namespace Fanfare {

RunEnd::RunEnd(const EngineEndFact &end, qint64 time, RunIdentity &identity)
    : m_end(end)
    , m_time(time)
    , m_identity(identity)
{
}

static std::optional<CulpritFact> culpritOf(const EngineEndFact &end, TaskId task)
{
    const auto isTask = [task](const CulpritFact &culprit) { return culprit.task == task; };
    const auto found = std::find_if(end.culprits.begin(), end.culprits.end(), isTask);
    if (found == end.culprits.end())
        return std::nullopt;
    return *found;
}

SpanEntry RunEnd::span(const OpenTask &lost) const
{
    // The flight recorder knows starts that the last batch did not bring any more.
    const std::optional<CulpritFact> culprit = culpritOf(m_end, lost.task);
    const qint64 started = lost.started != 0 ? lost.started : culprit ? culprit->started : 0;

    SpanEntry span;
    span.record.task = lost.task;
    span.record.queued = lost.queued != 0 ? lost.queued : started != 0 ? started : m_time;
    span.record.started = started != 0 ? started : m_time;
    span.record.finished = std::max(m_time, span.record.started);
    span.record.subscriber = lost.subscriber;
    span.record.event = lost.event;
    span.record.lane = lost.lane;
    span.record.outcome = Outcome::Crashed;
    span.handler = m_identity.handlerFor(lost.subscriber);
    span.lane = lost.started != 0 ? m_identity.laneFor(lost.lane) : m_identity.lostLane();
    return span;
}

TaskDetail RunEnd::detail(const EngineEndFact &end, const SpanRecord &lost)
{
    const std::optional<CulpritFact> culprit = culpritOf(end, lost.task);
    TaskDetail detail;
    detail.task = lost.task;
    detail.reason = QStringLiteral("engine-died");
    detail.error.type = end.reason;
    if (culprit && culprit->isCertain)
        detail.error.what = tr("This task ended the engine: %1.").arg(end.reason);
    else if (lost.started == lost.finished)
        detail.error.what =
            tr("The engine ended before this task could start: %1.").arg(end.reason);
    else
        detail.error.what = tr("The engine ended while this task was running: %1.").arg(end.reason);
    return detail;
}

QString RunEnd::handlerName(SubscriberId subscriber) const
{
    const HandlerEntry &entry = m_identity.handler(m_identity.handlerFor(subscriber));
    if (entry.plugin.isEmpty())
        return entry.handler;
    return tr("%1 / %2").arg(entry.plugin, entry.handler);
}

QString RunEnd::blame() const
{
    if (m_end.culprits.isEmpty())
        return tr("engine died: %1").arg(m_end.reason);
    const QString name = handlerName(m_end.culprits.first().subscriber);
    if (m_end.culprits.first().isCertain)
        return tr("engine died: %1 in %2").arg(m_end.reason, name);
    if (m_end.culprits.size() == 1)
        return tr("engine died: %1 while %2 was running").arg(m_end.reason, name);
    return tr("engine died: %1 while %2 and %3 more were running")
        .arg(m_end.reason, name)
        .arg(m_end.culprits.size() - 1);
}

QString RunEnd::sentence() const
{
    const QString what = m_end.wasExpected ? tr("engine stopped") : blame();
    if (m_end.lost.isEmpty())
        return what;
    const auto count = static_cast<int>(m_end.lost.size());
    return count == 1 ? tr("%1; 1 task lost").arg(what)
                      : tr("%1; %2 tasks lost").arg(what).arg(count);
}

} // namespace Fanfare
