// SPDX-License-Identifier: MIT
#include "workerends.h"

#include <fanfare/executors/taskrun.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumErrorText = 1024 * 1024; // characters

HandlerEnd endWithResult(const QCborValue &result)
{
    HandlerEnd end;
    end.payload = encodeResult(result);
    if (end.payload.size() <= maximumTaskPayload)
        return end;
    end.outcome = Outcome::Failed;
    end.payload = encodeError(
        {u"ResultTooLarge"_s,
         u"The result has %1 bytes, more than the 16 MiB that a worker process can hand back; "
         "write it to a file and return the path."_s.arg(end.payload.size())});
    return end;
}

HandlerEnd endWithException(const WorkerContext &context)
{
    const bool isCanceled = context.stopToken().stop_requested();
    TaskError error = currentError();
    error.what.truncate(maximumErrorText);
    return {isCanceled ? Outcome::Canceled : Outcome::Failed, encodeError(error)};
}

} // namespace Fanfare
