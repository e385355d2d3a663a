// SPDX-License-Identifier: MIT
// Compiled with Boost only; without it boostSignal() is defined in noboostsignal.cpp.
#include "boostsignal.h"

#include "emitrun.h"

#include <boost/signals2/signal.hpp>

#include <deque>

namespace Fanfare::Bench {

static std::vector<double> runBoostSignal(quint64 count, int handlers)
{
    boost::signals2::signal<void()> signal;
    std::deque<quint64> counts(size_t(handlers), 0);
    for (quint64 &calls : counts)
        signal.connect([&calls] { ++calls; });
    const double time = cpuNanosecondsEach(count, [&](quint64 times) {
        for (quint64 i = 0; i < times; ++i)
            signal();
    });
    if (counts.back() < count)
        fail("calls of boost.signals2 are missing");
    return {time, time / handlers};
}

std::function<std::vector<double>(quint64, int)> boostSignal()
{
    return runBoostSignal;
}

} // namespace Fanfare::Bench
