// SPDX-License-Identifier: MIT
#include "cpulimit.h"

#include <algorithm>
#include <ctime>
#include <sys/resource.h>
#include <unistd.h>

namespace Fanfare {

using std::chrono::nanoseconds;
using std::chrono::seconds;

static seconds spentByProcess()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return seconds(time.tv_sec);
}

/// The hard limit stays, so that it can be raised again.
static void setSoftLimit(rlim_t value)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_CPU, &limit) != 0)
        return;
    limit.rlim_cur = std::min(value, limit.rlim_max);
    setrlimit(RLIMIT_CPU, &limit);
}

CpuLimit::CpuLimit(nanoseconds deadline)
    : m_isSet(deadline.count() > 0 && deadline < std::chrono::hours(1'000))
{
    if (!m_isSet)
        return;
    static const long processors = std::max(1L, sysconf(_SC_NPROCESSORS_ONLN));
    const auto allowed = std::chrono::ceil<seconds>(2 * processors * deadline) + seconds(1);
    setSoftLimit(rlim_t((spentByProcess() + allowed).count()));
}

CpuLimit::~CpuLimit()
{
    if (m_isSet)
        setSoftLimit(RLIM_INFINITY);
}

} // namespace Fanfare
