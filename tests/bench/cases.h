// SPDX-License-Identifier: MIT
#pragma once

#include "benchrun.h"

namespace Fanfare::Bench {

/// No-op tasks a second, of an emission and of what others start.
std::vector<Family> throughputFamilies(const BenchSettings &settings);

/// Emitting from one thread and from two at once.
std::vector<Family> emitterFamilies(const BenchSettings &settings);

/// How much of two cores is work, when handlers take 1 us, 10 us, 5 ms.
std::vector<Family> spreadFamilies(const BenchSettings &settings);

/// From emitting into an idle pool until the handler runs.
std::vector<Family> latencyFamilies(const BenchSettings &settings);

/// Handlers that run in the emitting thread, against signals.
std::vector<Family> dispatchFamilies(const BenchSettings &settings);

/// What a linker with many subscriptions costs.
std::vector<Family> registryFamilies(const BenchSettings &settings);

/// Recording on against off.
std::vector<Family> recordingFamilies(const BenchSettings &settings);

} // namespace Fanfare::Bench
