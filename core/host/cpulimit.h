// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace Fanfare {

/// Bounds the processor time of this process while a handler with a deadline runs: to twice what
/// all processors could spend until then, and a second. It is reached only when the host does not
/// kill the worker at the deadline, because it is stopped itself; then SIGXCPU ends the process.
///
/// Threads: [owner], one at a time in a process.
class CpuLimit
{
public:
    /// From now on; \a deadline 0: no bound.
    explicit CpuLimit(std::chrono::nanoseconds deadline);
    ~CpuLimit();
    CpuLimit(const CpuLimit &) = delete;
    CpuLimit &operator=(const CpuLimit &) = delete;

private:
    const bool m_isSet;
};

} // namespace Fanfare
