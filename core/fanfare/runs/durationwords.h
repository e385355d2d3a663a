// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// Nanoseconds for people, with three digits and the unit that suits: "950 ns", "1.10 ms", "74.0
/// s",
/// "-3.20 us" as "-3.20 µs". Not translated: reports are in English.
QString durationWords(double nanoseconds);

} // namespace Fanfare
