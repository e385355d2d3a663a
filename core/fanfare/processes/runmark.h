// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace Fanfare {

/// Whose process it is that a handler started, however often it was forked since: the value of the
/// variable FANFARE_RUN that a worker, and so all its children, has in its environment.
///
/// An owner is a process that has worker processes. It is named in a way that no later process is:
/// its number, when it began, and the namespace in which that number counts.
struct RunMark
{
    static constexpr std::string_view variable = "FANFARE_RUN";

    unsigned long long space = 0; ///< inode of the namespace of process numbers
    pid_t owner = 0;
    unsigned long long began = 0;  ///< of the owner, ticks since the system started
    unsigned long long worker = 0; ///< which worker of that owner; 0: the owner itself

    bool operator==(const RunMark &) const = default;

    std::string toText() const;
    static std::optional<RunMark> fromText(std::string_view text); ///< nothing for anything else

    /// The mark for worker number \a worker of this process. [any]
    static RunMark ofThisProcess(unsigned long long worker);

    /// The mark in the environment with which \a process was started; nothing when there is none,
    /// or when it cannot be read. [any]
    static std::optional<RunMark> ofProcess(pid_t process);
};

/// Whether the owner of \a mark is surely gone: false when it lives in another namespace, where
/// nobody can know. [any]
bool isOwnerGone(const RunMark &mark);

} // namespace Fanfare
