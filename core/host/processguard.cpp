// SPDX-License-Identifier: MIT
#include "processguard.h"

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace Fanfare {

static constexpr int firstPrivate = 10; ///< a loop over close(3..9) in a plugin does no harm
static constexpr int pipeSize = 1024 * 1024;
static constexpr int lostParentCode = 3;

PrivatePipes takeStandardPipes()
{
    const PrivatePipes pipes{fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, firstPrivate),
                             fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, firstPrivate)};
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (!pipes.isValid() || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0
        || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        return {};
    }
    close(nothing);
    // Fails for what is no pipe, or above the limit of the system: then the size stays.
    fcntl(pipes.input, F_SETPIPE_SZ, pipeSize);
    fcntl(pipes.output, F_SETPIPE_SZ, pipeSize);
    fcntl(STDERR_FILENO, F_SETPIPE_SZ, pipeSize);
    return pipes;
}

bool dieWithParent(qint64 parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == parent; // it may have died before the line above
}

void leaveWithGroup()
{
    if (getpgrp() == getpid())
        kill(0, SIGKILL);
    _exit(lostParentCode);
}

void disableCoreFiles()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

void limitFiles(quint64 count)
{
    const rlimit limit{count, count};
    setrlimit(RLIMIT_NOFILE, &limit);
}

void limitMemory([[maybe_unused]] quint64 bytes)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_AS, &limit);
#endif
}

} // namespace Fanfare
