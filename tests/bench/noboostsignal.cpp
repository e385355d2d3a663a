// SPDX-License-Identifier: MIT
#include "boostsignal.h"

namespace Fanfare::Bench {

std::function<std::vector<double>(quint64, int)> boostSignal()
{
    return nullptr;
}

} // namespace Fanfare::Bench
