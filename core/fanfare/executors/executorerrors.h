// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

namespace Fanfare {

/// Of a submission to an executor that was shut down: ExecutorShutdown. [any]
Error executorShutdownError();

/// Who asks an executor to wait for itself.
enum class OwnWaiter {
    Handler,  ///< one of its handlers
    Callback, ///< a callback that runs on a thread of it
};

/// Of a shutdown that would wait for \a waiter itself: ShutdownFromHandler. [any]
Error ownShutdownError(OwnWaiter waiter);

} // namespace Fanfare
