// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <vector>

namespace Fanfare::Bench {

/// What pythonpools.py prints for \a arguments. Ends the program when Python does not run.
std::vector<double> runPython(const QStringList &arguments);

/// Seconds for \a count requests of 64 bytes to two bare processes through QProcess, at most
/// \a window in flight at each.
double secondsOnQProcesses(quint64 count, int window);

/// Microseconds of \a count requests of 64 bytes to one bare process through QProcess, one after
/// the other, and answered in an event loop.
std::vector<double> tripsThroughQProcess(quint64 count);

/// The same through bare pipes.
std::vector<double> tripsThroughPipes(quint64 count);

/// Figures of the bar R4: how soon a death is known and a worker is back, in ms, with \a tasks of
/// 4 ms: {known p50, known p99, ready p50, ready p99}.
std::vector<double> repairTimes(quint64 tasks);

} // namespace Fanfare::Bench
