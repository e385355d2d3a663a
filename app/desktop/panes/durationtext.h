// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// \a nanoseconds with three digits and a fitting unit: "850 ns", "12.3 ms", "1.04 s", "2:05".
QString durationText(qint64 nanoseconds);

/// \a nanoseconds as milliseconds with three decimals, for columns of numbers: "12.300 ms".
QString millisecondsText(qint64 nanoseconds);

/// \a nanoseconds after the start of a run as minutes, seconds and milliseconds: "1:02.345".
QString momentText(qint64 nanoseconds);

/// A size in KiB: "640 KiB", "12.3 MiB", "2.10 GiB".
QString memoryText(quint64 kibibytes);

} // namespace Fanfare
