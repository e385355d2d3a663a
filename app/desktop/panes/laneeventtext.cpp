// SPDX-License-Identifier: MIT
#include "laneeventtext.h"

#include "clustertext.h"

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::LaneEvent)
};

QString happening(const LaneEvent &event)
{
    switch (event.kind) {
    case LaneEventKind::Started:
        return Word::tr("process %1 started").arg(event.pid);
    case LaneEventKind::Died:
        return Word::tr("process %1 died").arg(event.pid);
    case LaneEventKind::Recycled:
        return Word::tr("process %1 was replaced").arg(event.pid);
    case LaneEventKind::Stopped:
        return Word::tr("process %1 was ended").arg(event.pid);
    case LaneEventKind::Unresponsive:
        return Word::tr("process %1 does not answer").arg(event.pid);
    case LaneEventKind::Responsive:
        return Word::tr("process %1 answers again").arg(event.pid);
    case LaneEventKind::Failed:
        break;
    }
    return Word::tr("no process could be started");
}

} // namespace

QString laneEventText(const LaneEvent &event)
{
    const QString text = happening(event);
    return event.text.isEmpty() ? text : text + u": "_s + event.text;
}

QString laneStateText(const RunModel &run, quint32 lane)
{
    const std::vector<LaneEvent> &events = run.laneEvents(lane);
    const qint64 pid = run.lane(lane).pid;
    const auto kind = events.empty() ? LaneEventKind::Started : events.back().kind;
    switch (kind) {
    case LaneEventKind::Died:
    case LaneEventKind::Recycled:
        return Word::tr("starting again");
    case LaneEventKind::Stopped:
        return Word::tr("ended");
    case LaneEventKind::Failed:
        return Word::tr("does not start");
    case LaneEventKind::Unresponsive:
        return Word::tr("pid %1 does not answer").arg(pid);
    case LaneEventKind::Started:
    case LaneEventKind::Responsive:
        break;
    }
    if (const HostFact *host = hostOfLane(run.cluster(), run.lane(lane).name))
        return clockErrorText(*host);
    return pid > 0 ? Word::tr("pid %1").arg(pid) : QString();
}

} // namespace Fanfare
