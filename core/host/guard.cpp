// SPDX-License-Identifier: MIT
#include "guard.h"

#include <fanfare/processes/orphans.h>
#include <fanfare/processes/poolguard.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <poll.h>
#include <set>
#include <unistd.h>

namespace Fanfare {

namespace {

using Clock = std::chrono::steady_clock;

/// One look at all processes for everything that ended meanwhile.
constexpr std::chrono::milliseconds sweepPause{100};

class Guard
{
public:
    explicit Guard(const RunMark &owner)
        : m_owner(owner)
    {
    }

    void run();

private:
    bool readMessages();
    void take(const GuardMessage &message);
    void sweepIfDue();
    void sweep();
    int pauseLeft() const;

    const RunMark m_owner;
    std::map<std::uint64_t, pid_t> m_workers; // that live, and their groups
    std::set<std::uint64_t> m_ended;          // that may have left something behind
    Clock::time_point m_swept;
};

} // namespace

void Guard::run()
{
    while (readMessages())
        sweepIfDue();
    // The owner ended, or its pool. In the latter case nothing of it lives.
    for (const auto &[worker, group] : m_workers) {
        if (group > 0)
            kill(-group, SIGKILL);
        m_ended.insert(worker);
    }
    sweep();
}

/// Waits for messages, at most until the next sweep is due. False at their end.
bool Guard::readMessages()
{
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, pauseLeft()) <= 0)
        return true;
    GuardMessage message;
    const ssize_t size = read(STDIN_FILENO, &message, sizeof message);
    if (size == sizeof message)
        take(message);
    return size > 0 || (size < 0 && errno == EINTR);
}

void Guard::take(const GuardMessage &message)
{
    switch (message.kind) {
    case GuardMessage::Kind::Starting:
    case GuardMessage::Kind::Started:
        m_workers[message.worker] = message.process;
        break;
    case GuardMessage::Kind::Ended:
        m_workers.erase(message.worker);
        m_ended.insert(message.worker);
        break;
    }
}

/// Milliseconds until the next sweep; -1: none is needed.
int Guard::pauseLeft() const
{
    if (m_ended.empty())
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(m_swept + sweepPause - Clock::now());
    return int(std::max<long>(0, left.count()));
}

void Guard::sweepIfDue()
{
    if (!m_ended.empty() && pauseLeft() == 0)
        sweep();
}

void Guard::sweep()
{
    if (!m_ended.empty()) {
        killMarked([this](const RunMark &mark) {
            RunMark owner = mark;
            owner.worker = m_owner.worker;
            return owner == m_owner && m_ended.contains(mark.worker);
        });
    }
    m_ended.clear();
    m_swept = Clock::now();
}

int runGuard(int argc, char **argv)
{
    const auto owner = argc == 3 ? RunMark::fromText(argv[2]) : std::nullopt;
    if (!owner)
        return 2;
    for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGPIPE}) // it ends when its work is done
        std::signal(signal, SIG_IGN);
    close_range(STDERR_FILENO + 1, ~0u, 0); // the descriptors of whoever started it
    (void)!chdir("/");
    killOrphans();
    Guard(*owner).run();
    return 0;
}

} // namespace Fanfare
