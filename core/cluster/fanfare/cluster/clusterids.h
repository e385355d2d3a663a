// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <functional>

namespace Fanfare {

/// One life of a program that uses a cluster, an app or an agent: 8 random bytes, never 0.
enum class ClusterSession : quint64 {};

constexpr quint64 number(ClusterSession session)
{
    return static_cast<quint64>(session);
}

/// A task of any app of a cluster. On the wire 16 bytes, big-endian.
struct ClusterTaskId
{
    ClusterSession app{};
    quint64 number = 0; ///< counts the tasks of that app, from 1

    bool operator==(const ClusterTaskId &other) const = default;
};

} // namespace Fanfare

template <>
struct std::hash<Fanfare::ClusterTaskId>
{
    size_t operator()(const Fanfare::ClusterTaskId &id) const noexcept
    {
        return Fanfare::number(id.app) ^ (id.number * 0x9e3779b97f4a7c15ULL);
    }
};
