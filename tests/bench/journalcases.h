// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

namespace Fanfare::Bench {

/// What keeping a run in a file costs the run.
Family journalFamily(const BenchSettings &settings);

} // namespace Fanfare::Bench
