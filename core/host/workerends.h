// SPDX-License-Identifier: MIT
#pragma once

#include "workermemory.h"
#include "workertasks.h"

namespace Fanfare {

/// How a handler that ran in this worker ended.
struct HandlerEnd
{
    Outcome outcome = Outcome::Succeeded;
    QByteArray payload; ///< result or error, encoded
};

/// The end of a handler that returned \a result. A result that is too large for a frame is a
/// failure. [any]
HandlerEnd endWithResult(const QCborValue &result);

/// What is being thrown, as an end of the task of \a context: Canceled when it was asked to stop,
/// else Failed. Call it inside a catch block. [any]
HandlerEnd endWithException(const WorkerContext &context);

} // namespace Fanfare
