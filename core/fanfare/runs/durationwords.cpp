// SPDX-License-Identifier: MIT
#include "fanfare/runs/durationwords.h"

#include <array>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString durationWords(double nanoseconds)
{
    static constexpr std::array<QStringView, 4> units{u"ns", u"µs", u"ms", u"s"};
    double value = nanoseconds;
    size_t unit = 0;
    while (unit + 1 < units.size() && std::abs(value) >= 999.5) {
        value /= 1000;
        ++unit;
    }
    const double size = std::abs(value);
    const int decimals = unit == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return u"%1 %2"_s.arg(value, 0, 'f', decimals).arg(units[unit]);
}

} // namespace Fanfare
