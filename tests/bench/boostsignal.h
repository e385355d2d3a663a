// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <functional>
#include <vector>

namespace Fanfare::Bench {

/// {CPU ns an emission, CPU ns a handler} of boost.signals2; null without Boost.
std::function<std::vector<double>(quint64 count, int handlers)> boostSignal();

/// CPU time of \a work(count), which does something \a count times, by \a count. It is called once
/// before with less.
double cpuNanosecondsEach(quint64 count, const std::function<void(quint64 count)> &work);

} // namespace Fanfare::Bench
