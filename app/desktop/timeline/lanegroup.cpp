// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanegroup.h"

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::LaneGroup)
};

} // namespace

std::optional<LaneGroup> laneGroup(const LaneEntry &lane)
{
    const bool isPool = lane.kind == LaneKind::Thread || lane.kind == LaneKind::Process;
    // Workers are numbered; "refused" and "not started" hold what no worker had.
    if (!isPool || !lane.hasWorker() || lane.name.isEmpty() || !lane.name.back().isDigit())
        return std::nullopt;
    const qsizetype host = lane.name.lastIndexOf(u" worker "_s);
    return LaneGroup{lane.kind, host > 0 ? lane.name.left(host) : QString()};
}

QString groupTitle(const LaneGroup &group)
{
    if (!group.host.isEmpty())
        return group.host;
    return group.kind == LaneKind::Thread ? Word::tr("Threads") : Word::tr("Processes");
}

QString titleInGroup(const LaneEntry &lane)
{
    const auto group = laneGroup(lane);
    return group && !group->host.isEmpty() ? lane.name.mid(group->host.size() + 1) : lane.name;
}

QString groupKey(const LaneGroup &group)
{
    if (!group.host.isEmpty())
        return u"host:"_s + group.host;
    return group.kind == LaneKind::Thread ? u"threads"_s : u"processes"_s;
}

std::optional<LaneGroup> groupOfKey(const QString &key)
{
    constexpr qsizetype prefix = 5;
    if (key.startsWith("host:"_L1) && key.size() > prefix)
        return LaneGroup{LaneKind::Process, key.mid(prefix)};
    if (key == "threads"_L1)
        return LaneGroup{LaneKind::Thread, {}};
    if (key == "processes"_L1)
        return LaneGroup{LaneKind::Process, {}};
    return std::nullopt;
}

} // namespace Fanfare
