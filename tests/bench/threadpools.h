// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <functional>
#include <vector>

namespace Fanfare::Bench {

/// What other thread pools do for \a count no-op tasks: {million tasks a second, ns a call, CPU
/// ns a task}.
std::vector<double> startLambdas(quint64 count, int workers); ///< QThreadPool::start(lambda)
std::vector<double> startRunnables(quint64 count,
                                   int workers); ///< QThreadPool::start(new QRunnable)
std::vector<double> submitInPython(quint64 count, int workers); ///< ThreadPoolExecutor.submit

/// The same in a TBB task_group, whose waiting thread works too; null without TBB.
std::function<std::vector<double>(quint64 count, int workers)> taskGroup();

/// {million tasks a second, CPU ns a call} when \a emitters threads call QThreadPool::start(lambda)
/// at the same time, \a count times each.
std::vector<double> startLambdasTogether(quint64 count, int workers, int emitters);

/// Seconds a QThreadPool needs for \a count tasks of \a work.
double secondsOnThreadPool(quint64 count, int workers, const std::function<void()> &work);

} // namespace Fanfare::Bench
