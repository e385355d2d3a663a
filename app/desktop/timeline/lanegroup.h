// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

namespace Fanfare {

/// What workers belong to: a pool of threads or of processes, or another host.
struct LaneGroup
{
    LaneKind kind = LaneKind::Thread;
    QString host; ///< of a cluster; empty for workers of this machine

    bool operator==(const LaneGroup &other) const = default;
    bool operator<(const LaneGroup &other) const
    {
        return kind != other.kind ? kind < other.kind : host < other.host;
    }
};

/// The group of a lane; nothing for what is no worker of a pool: an event loop, the inline
/// executor, tasks that were refused or never started. [any]
std::optional<LaneGroup> laneGroup(const LaneEntry &lane);

/// As users read it: "Threads", "Processes", the name of a host. [any]
QString groupTitle(const LaneGroup &group);

/// What a lane is called below the title of its group, which says the host already: "worker 2".
/// [any]
QString titleInGroup(const LaneEntry &lane);

/// As files have it: "threads", "processes", "host:NAME"; and the reverse, which is nothing for any
/// other text. [any]
QString groupKey(const LaneGroup &group);
std::optional<LaneGroup> groupOfKey(const QString &key);

} // namespace Fanfare
