// SPDX-License-Identifier: MIT
#include "fanfare/processes/orphans.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Fanfare {

static constexpr int maximumRounds = 20; // against something that forks faster than it is killed

/// Kills \a process when its mark is wanted. The descriptor sees to it that it is that process
/// which is killed, and not the next one with its number.
static bool killIfWanted(pid_t process, const std::function<bool(const RunMark &)> &isWanted)
{
    const int handle = int(syscall(SYS_pidfd_open, process, 0));
    if (handle < 0)
        return false;
    const auto mark = RunMark::ofProcess(process);
    const bool isKilled =
        mark && isWanted(*mark) && syscall(SYS_pidfd_send_signal, handle, SIGKILL, nullptr, 0) == 0;
    close(handle);
    return isKilled;
}

/// The number that \a entry of /proc stands for when it is a process of this user, else 0.
static pid_t ownProcess(const DIR *folder, const char *entry)
{
    pid_t process = 0;
    const char *const end = entry + std::strlen(entry);
    if (std::from_chars(entry, end, process).ptr != end || process == getpid())
        return 0;
    struct stat status = {};
    const int at = dirfd(const_cast<DIR *>(folder));
    const bool isOwn = fstatat(at, entry, &status, 0) == 0 && status.st_uid == getuid();
    return isOwn ? process : 0;
}

static int killRound(const std::function<bool(const RunMark &)> &isWanted)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir("/proc"), &closedir);
    int killed = 0;
    while (const dirent *entry = folder ? readdir(folder.get()) : nullptr) {
        const pid_t process = ownProcess(folder.get(), entry->d_name);
        killed += process > 0 && killIfWanted(process, isWanted);
    }
    return killed;
}

int killMarked(const std::function<bool(const RunMark &)> &isWanted)
{
    int total = 0;
    for (int round = 0; round < maximumRounds; ++round) {
        const int killed = killRound(isWanted);
        total += killed;
        if (killed == 0)
            break;
    }
    return total;
}

int killOrphans()
{
    return killMarked(&isOwnerGone);
}

} // namespace Fanfare
