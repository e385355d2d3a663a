// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// What stands behind "reliability bad-host KIND": a helper executable that answers as a worker
/// does, but "other-build" or "other-protocol". Ends with its input.
int runBadHost(const QByteArray &kind);
