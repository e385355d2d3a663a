// SPDX-License-Identifier: MIT
#pragma once

/// What stands behind "reliability doomed-host": a pool whose workers are busy for ever, until this
/// process is killed. Says "ready" when the first tasks are emitted.
int runDoomedHost();
