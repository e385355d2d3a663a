// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <sys/types.h>

namespace Fanfare {

/// What a pool tells its guard, one message in one packet.
struct GuardMessage
{
    enum class Kind : std::uint32_t {
        Starting, ///< a worker is about to be started
        Started,  ///< process: its number, and that of its group
        Ended,    ///< it is gone; what it has left behind has to go as well
    };

    Kind kind = Kind::Starting;
    std::int32_t process = 0;
    std::uint64_t worker = 0; ///< RunMark::worker
};
static_assert(sizeof(GuardMessage) == 16);

/// The guard of a pool: a process that survives this one for a moment, whoever kills it, and takes
/// with it whatever the workers have started. It is told of each worker, ends with the pool, and
/// looks for what former runs could not clean up when it starts. Nothing depends on it: without a
/// guard what handlers started stays until the next start.
///
/// Threads: [owner].
class PoolGuard
{
public:
    PoolGuard() = default;
    ~PoolGuard(); ///< waits until it has cleaned up [blocks]
    PoolGuard(const PoolGuard &) = delete;
    PoolGuard &operator=(const PoolGuard &) = delete;

    /// Starts the helper executable \a host as a guard, unless there is one, or several have been
    /// killed. Half a millisecond.
    void start(const std::string &host);

    void workerStarting(std::uint64_t worker);
    void workerStarted(std::uint64_t worker, pid_t process);
    void workerEnded(std::uint64_t worker);

    pid_t process() const { return m_process; } ///< 0: there is none

private:
    void tell(const GuardMessage &message);
    void end();

    pid_t m_process = 0;
    int m_link = -1;
    int m_starts = 0;
    std::map<std::uint64_t, pid_t> m_workers; // that live; 0: being started
};

} // namespace Fanfare
