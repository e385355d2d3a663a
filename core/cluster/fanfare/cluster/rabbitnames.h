// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clustertransport.h>

#include <QByteArray>

#include <array>

namespace Fanfare::RabbitNames {

// All names start with "fanfare.v1.": a change of the arguments of a queue needs a new version,
// because declaring it again with others is an error.
inline constexpr const char *tasks = "fanfare.v1.tasks";   ///< direct exchange: tasks, by queue
inline constexpr const char *dead = "fanfare.v1.dead";     ///< fanout exchange, and queue
inline constexpr const char *events = "fanfare.v1.events"; ///< topic exchange: from agents
inline constexpr const char *control = "fanfare.v1.ctl";   ///< topic exchange: to agents
inline constexpr const char *everybody = "all";            ///< key in control
inline constexpr const char *presence = "host.alive";      ///< key in events

inline QByteArray hexOf(ClusterSession session)
{
    return QByteArray::number(number(session), 16).rightJustified(16, '0');
}
inline QByteArray hostKey(ClusterSession agent)
{
    return "host." + hexOf(agent);
}
inline QByteArray appKey(ClusterSession app)
{
    return "app." + hexOf(app);
}
inline QByteArray hostQueue(ClusterSession agent)
{
    return "fanfare.v1.host." + hexOf(agent);
}
inline QByteArray appQueue(ClusterSession app)
{
    return "fanfare.v1.app." + hexOf(app);
}

inline constexpr std::array<const char *, 3> messageTypes = {"events", "clock", "presence"};

inline const char *typeOf(ClusterTransport::Message kind)
{
    return messageTypes[size_t(kind)];
}

} // namespace Fanfare::RabbitNames
