// SPDX-License-Identifier: MIT
#include "fanfare/executors/executorerrors.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

Error executorShutdownError()
{
    return {ErrorCode::ExecutorShutdown,
            u"The executor was shut down and runs nothing more; make a new one to emit again."_s};
}

Error ownShutdownError(OwnWaiter waiter)
{
    return {ErrorCode::ShutdownFromHandler,
            u"A %1 cannot wait for the executor it runs on; use ShutdownMode::Return there."_s.arg(
                waiter == OwnWaiter::Handler ? "handler"_L1 : "callback"_L1)};
}

} // namespace Fanfare
