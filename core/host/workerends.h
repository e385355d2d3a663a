// SPDX-License-Identifier: MIT
#pragma once

#include "workermemory.h"
#include "workertasks.h"

namespace Fanfare {

/// How a handler that ran in this worker ended.
struct HandlerEnd
{
    Outcome outcome = Outcome::Succeeded;
    QCborValue result; ///< of Succeeded
    QByteArray error;  ///< of the others, encoded
};

/// The end of a handler that returned \a result. A result that would not arrive as it is, such as
/// text that is no valid Unicode, is a failure. [any]
HandlerEnd endWithResult(const QCborValue &result);

/// What is being thrown, as an end of the task of \a context: Canceled when it was asked to stop,
/// else Failed. Call it inside a catch block. [any]
HandlerEnd endWithException(const WorkerContext &context);

} // namespace Fanfare
