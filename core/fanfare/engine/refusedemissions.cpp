// SPDX-License-Identifier: MIT
#include "fanfare/engine/refusedemissions.h"

#include <fanfare/base/clock.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

RefusedEmissions::RefusedEmissions(EventLinker &linker, Recorder &recorder)
    : m_linker(linker)
    , m_recorder(recorder)
{
}

Lane &RefusedEmissions::lane()
{
    if (!m_lane)
        m_lane = &m_recorder.addLane({{}, LaneKind::Thread, u"refused"_s, 0});
    return *m_lane;
}

static TaskDetail detailOf(const TaskId &task, quint64 bound)
{
    TaskDetail detail;
    detail.task = task;
    detail.reason = u"queue-full"_s;
    detail.error.what = u"The queue was full: it holds %1 tasks. Emit more slowly, raise the bound "
                        "of the queue, or let emissions wait for room."_s.arg(bound);
    return detail;
}

int RefusedEmissions::add(const QString &event, EmissionId id, quint64 bound)
{
    const auto subscribers = m_linker.subscribersOf({Event(event), Event::global()});
    ++m_emissions;
    if (!subscribers)
        return 0;
    SpanRecord span;
    span.queued = span.started = span.finished = MonotonicClock::now();
    span.event = m_linker.eventNumber(Event(event));
    span.lane = lane().info().id;
    span.outcome = Outcome::Rejected;
    for (size_t i = 0; i < subscribers->size(); ++i) {
        span.task = {id, quint16(i)};
        span.subscriber = subscribers->at(i);
        lane().detail(detailOf(span.task, bound));
        lane().span(span);
    }
    m_tasks += subscribers->size();
    return int(subscribers->size());
}

} // namespace Fanfare
