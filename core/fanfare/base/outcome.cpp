// SPDX-License-Identifier: MIT
#include "fanfare/base/outcome.h"

#include <array>

namespace Fanfare {

static constexpr std::array<const char *, outcomeCount> names = {
    "Succeeded", "Failed",   "Crashed",     "TimedOut",
    "Canceled",  "Rejected", "Quarantined", "Interrupted",
};

QString outcomeName(Outcome outcome)
{
    return QString::fromLatin1(names.at(static_cast<size_t>(outcome)));
}

std::optional<Outcome> outcomeFromName(const QString &name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names.at(i)))
            return static_cast<Outcome>(i);
    }
    return {};
}

} // namespace Fanfare
