// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

namespace Fanfare {

/// What happened to the process of a lane: "process 4242 died: signal 11 (SIGSEGV)".
QString laneEventText(const LaneEvent &event);

/// Who serves \a lane now: "pid 4242", "starting again", and for a
/// worker of another host "clock ±0.3 ms"; empty when nobody ever did.
QString laneStateText(const RunModel &run, quint32 lane);

} // namespace Fanfare
