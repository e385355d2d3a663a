// SPDX-License-Identifier: MIT
#include "workerends.h"

#include <fanfare/executors/taskrun.h>
#include <fanfare/sdk/travelproblem.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumErrorText = 1024 * 1024; // characters

HandlerEnd endWithResult(const QCborValue &result)
{
    const QString problem = Detail::travelProblem(result);
    if (problem.isEmpty())
        return {Outcome::Succeeded, result, {}};
    const TaskError error{
        u"ResultNotTransferable"_s,
        u"The result cannot leave the worker process, because %1; change the handler, or run it on "
        "threads."_s.arg(problem)};
    return {Outcome::Failed, {}, encodeError(error)};
}

HandlerEnd endWithException(const WorkerContext &context)
{
    const bool isCanceled = context.stopToken().stop_requested();
    TaskError error = currentError();
    error.what.truncate(maximumErrorText);
    return {isCanceled ? Outcome::Canceled : Outcome::Failed, {}, encodeError(error)};
}

} // namespace Fanfare
