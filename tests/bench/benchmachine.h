// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>

namespace Fanfare::Bench {

/// The machine, and how much of it others took since this object was made: a measurement is worth
/// something only when that is little.
class MachineWatch
{
public:
    MachineWatch();

    /// Number of processors, model, kernel, Qt version, date, and "othersPercent": the share of all
    /// processor time that went neither to this process and its children nor to idling.
    QJsonObject describe() const;

private:
    struct Times
    {
        double total = 0; // seconds of all processors, idle or not
        double idle = 0;
        double own = 0; // of this process and of the children that have ended
    };
    static Times now();

    const Times m_start;
};

} // namespace Fanfare::Bench
