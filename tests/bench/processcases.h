// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

namespace Fanfare::Bench {

/// Everything that bench_process measures.
std::vector<Family> processFamilies(const BenchSettings &settings);

} // namespace Fanfare::Bench
