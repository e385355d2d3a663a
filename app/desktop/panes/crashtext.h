// SPDX-License-Identifier: MIT
#pragma once

#include <QCborMap>
#include <QString>

namespace Fanfare {

/// The crash report of a task for reading: what happened, where in the code, what was printed
/// last. Parts that the report does not have are left out; the keys are those of CrashReport. Empty
/// for an empty report.
QString crashText(const QCborMap &report);

} // namespace Fanfare
