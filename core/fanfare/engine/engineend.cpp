// SPDX-License-Identifier: MIT
#include "fanfare/engine/engineend.h"

#include <fanfare/base/signalname.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

QString endReason(int exitCode, int signal)
{
    if (signal != 0)
        return u"signal %1 (%2)"_s.arg(signal).arg(signalName(signal));
    return u"exit code %1"_s.arg(exitCode);
}

QList<CulpritFact> culpritsOf(const FlightLog &flight, const TaskAccount &account)
{
    const TaskId certain{EmissionId(flight.culpritEmission.load()),
                         quint16(flight.culpritIndex.load())};
    QList<CulpritFact> culprits;
    for (const FlightSlot &slot : flight.slots) {
        if (const auto open = slot.read())
            culprits.append({open->task, open->subscriber, open->started, open->task == certain});
    }
    const auto isCertain = [](const CulpritFact &culprit) { return culprit.isCertain; };
    if (number(certain.emission) != 0
        && std::none_of(culprits.cbegin(), culprits.cend(), isCertain)) {
        culprits.append({certain, account.subscriberOf(certain), 0, true});
    }
    std::stable_partition(culprits.begin(), culprits.end(), isCertain);
    return culprits;
}

} // namespace Fanfare
