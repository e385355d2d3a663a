// SPDX-License-Identifier: MIT
#include "fanfare/executors/fullpolicy.h"

#include <QThread>

namespace Fanfare {

bool mayWaitForRoom()
{
    return QThread::currentThread()->loopLevel() == 0;
}

Error queueFullError(size_t bound)
{
    return {ErrorCode::QueueFull,
            QStringLiteral("The queue of the executor holds %1 tasks and takes no more; emit "
                           "slower or raise its bound.")
                .arg(bound)};
}

} // namespace Fanfare
