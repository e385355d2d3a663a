// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

namespace Fanfare::Bench {

/// \a count emissions of a no-op handler on Fanfare's thread pool, and what others do for \a count
/// no-op tasks, all with \a workers threads.
std::vector<Case> emitCases(quint64 count, int workers);

} // namespace Fanfare::Bench
