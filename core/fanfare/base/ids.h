// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <functional>

namespace Fanfare {

/// Numbers an emission, from 1: unique for its emitter, and in the order of the emit() calls of
/// each thread. 0 is "none".
enum class EmissionId : quint64 {};

/// Numbers a subscriber, from 1, in the order of subscription; no two linkers of a process give out
/// the same number. 0 is "none".
enum class SubscriberId : quint32 {};

/// Numbers a lane of a recorder, from 0: a worker, an event loop.
enum class LaneId : quint16 {};

/// A task: the position-th subscriber of an emission.
struct TaskId
{
    EmissionId emission{};
    quint16 index = 0;

    bool operator==(const TaskId &other) const = default;
    auto operator<=>(const TaskId &other) const = default;
};

constexpr quint64 number(EmissionId id)
{
    return static_cast<quint64>(id);
}
constexpr quint32 number(SubscriberId id)
{
    return static_cast<quint32>(id);
}
constexpr quint16 number(LaneId id)
{
    return static_cast<quint16>(id);
}

} // namespace Fanfare

template <>
struct std::hash<Fanfare::TaskId>
{
    size_t operator()(const Fanfare::TaskId &id) const noexcept
    {
        return static_cast<size_t>(id.emission) * 0x9e3779b97f4a7c15ULL + id.index;
    }
};
