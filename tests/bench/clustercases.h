// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

namespace Fanfare::Bench {

/// Everything that bench_cluster measures. They start a broker when the first of them runs.
std::vector<Family> clusterFamilies(const BenchSettings &settings);

} // namespace Fanfare::Bench
