// SPDX-License-Identifier: MIT
#include "fanfare/processes/poolguard.h"

#include <fanfare/processes/runmark.h>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace Fanfare {

static constexpr int patience = 1000;   // ms for a guard, or what was started as one, to end
static constexpr int maximumStarts = 3; // if somebody kills it, or it is from another build

/// The environment of this process without passwords and without a mark: nobody may take the guard
/// for something that a handler has started.
static std::vector<char *> unmarkedEnvironment()
{
    std::vector<char *> all;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        if (name != RunMark::variable && !name.ends_with("_PASSWORD"))
            all.push_back(*entry);
    }
    all.push_back(nullptr);
    return all;
}

/// A process of its own session, so that nothing meant for this one reaches it, with \a input as
/// its standard input. 0 when it cannot be started.
static pid_t spawnGuard(const std::string &host, int input)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    for (const int output : {STDOUT_FILENO, STDERR_FILENO}) // who waits for their end need not wait
        posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    std::string name = host;
    char role[] = "guard";
    std::string owner = RunMark::ofThisProcess(0).toText();
    char *const arguments[] = {name.data(), role, owner.data(), nullptr};
    pid_t process = 0;
    if (posix_spawn(&process, host.c_str(), &actions, &attributes, arguments,
                    unmarkedEnvironment().data())
        != 0)
        process = 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return process;
}

/// Until \a process ends, at most that long.
static void awaitEnd(pid_t process, int milliseconds)
{
    pollfd end{int(syscall(SYS_pidfd_open, process, 0)), POLLIN, 0};
    poll(&end, 1, milliseconds);
    close(end.fd);
}

PoolGuard::~PoolGuard()
{
    end();
}

void PoolGuard::end()
{
    if (m_link >= 0)
        close(std::exchange(m_link, -1));
    if (m_process <= 0)
        return;
    awaitEnd(m_process, patience);
    kill(m_process, SIGKILL); // nothing, as long as nobody has waited for it
    while (waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) { }
    m_process = 0;
}

void PoolGuard::start(const std::string &host)
{
    int ends[2];
    if (m_process > 0 || m_starts == maximumStarts
        || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    ++m_starts;
    m_process = spawnGuard(host, ends[0]);
    close(ends[0]);
    m_link = ends[1];
    for (const auto &[worker, process] : m_workers)
        tell({GuardMessage::Kind::Started, process, worker});
}

/// Waits for nobody: a guard that hangs must not stop anything. One that is gone is replaced at the
/// next start.
void PoolGuard::tell(const GuardMessage &message)
{
    if (m_process <= 0)
        return;
    const ssize_t sent = send(m_link, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN)
        end();
}

void PoolGuard::workerStarting(std::uint64_t worker)
{
    m_workers[worker] = 0;
    tell({GuardMessage::Kind::Starting, 0, worker});
}

void PoolGuard::workerStarted(std::uint64_t worker, pid_t process)
{
    m_workers[worker] = process;
    tell({GuardMessage::Kind::Started, process, worker});
}

void PoolGuard::workerEnded(std::uint64_t worker)
{
    m_workers.erase(worker);
    tell({GuardMessage::Kind::Ended, 0, worker});
}

} // namespace Fanfare
