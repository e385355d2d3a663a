// SPDX-License-Identifier: MIT
#pragma once

#include "stage.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace Fanfare::Conformance {

/// What happened when a scenario was replayed, in the form of its expectation.
struct Observation
{
    QJsonArray results;
    std::vector<QJsonObject> calls;
    std::vector<QJsonObject> nested;
    QStringList order;
    QJsonObject registry;
    QStringList problems; ///< breaches of what always holds, and limits that passed
};

/// Replays \a scenario, which keeps to the format, on a library of its own at \a venue. Every wait
/// ends after 20 s, which is a problem. Ends the process when the library does not come back at
/// all. [owner, blocks]
Observation replay(const QJsonObject &scenario, Venue &venue);

} // namespace Fanfare::Conformance
