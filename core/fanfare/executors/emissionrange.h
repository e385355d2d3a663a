// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

namespace Fanfare {

/// Consecutive emissions, such as those of one command.
struct EmissionRange
{
    EmissionId first{};
    quint64 count = 1; ///< first + count may not overflow

    bool contains(EmissionId emission) const
    {
        const quint64 id = number(emission);
        return id >= number(first) && id - number(first) < count;
    }
};

} // namespace Fanfare
