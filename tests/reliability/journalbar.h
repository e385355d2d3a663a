// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// What stands behind "reliability doomed-recorder FILE": a run of known spans that is recorded for
/// ever, until this process is killed. Writes a line "SPANS TIME" for every batch it hands over.
int runDoomedRecorder(const QString &path);
