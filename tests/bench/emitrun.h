// SPDX-License-Identifier: MIT
#pragma once

#include "benchprogram.h"

#include <fanfare/executors/subscriber.h>

namespace Fanfare::Bench {

/// Emissions on a thread pool, from the first call until every task has ended.
struct EmitPlan
{
    quint64 count = 1; ///< emissions of each emitting thread
    int workers = 2;
    int handlers = 1;       ///< subscribers of the event
    bool isRecorded = true; ///< and drained 60 times a second
    int batch = 1;          ///< emissions a call
    int emitters = 1;       ///< threads that emit at the same time
    HandlerFunction handler = [](Context &) { return QCborValue(); };
};

struct EmitTimes
{
    double seconds = 0;     ///< until the last task has ended
    double callSeconds = 0; ///< of the emitting threads in their calls, added up
    double callCpu = 0;     ///< seconds of processor time in the same
    double cpuSeconds = 0;  ///< processor time of all threads until the last task has ended
};

/// Ends the program when a task or a span is missing.
EmitTimes runEmissions(const EmitPlan &plan);

double secondsSince(qint64 start); ///< of MonotonicClock

} // namespace Fanfare::Bench
