// SPDX-License-Identifier: MIT
#include "fanfare/executors/taskrun.h"

#include "fanfare/executors/runtoend.h"

#include <fanfare/base/clock.h>

#include <QLoggingCategory>

#include <algorithm>
#include <cxxabi.h>
#include <exception>
#include <utility>

namespace Fanfare {

Q_LOGGING_CATEGORY(lcExecutor, "fanfare.executor")

static constexpr qsizetype maximumLine = 8192; // characters

std::stop_token TaskContext::stopToken() const
{
    return m_stop ? m_stop->get_token() : m_task.emission->detail().stopToken();
}

void TaskContext::setContinuation(CallbackCoroutine coroutine)
{
    m_continuation = std::make_unique<CallbackCoroutine>(std::move(coroutine));
}

CallbackCoroutine TaskContext::takeContinuation()
{
    const auto continuation = std::move(m_continuation);
    return continuation ? std::move(*continuation) : CallbackCoroutine();
}

void TaskContext::progress(double fraction, const QString &text)
{
    m_fraction.store(std::clamp(fraction, 0.0, 1.0), std::memory_order_relaxed);
    if (!text.isEmpty())
        log(LogLevel::Info, text);
}

void TaskContext::log(LogLevel level, const QString &text)
{
    if (!m_recorder)
        return;
    LogLine line;
    line.time = MonotonicClock::now();
    line.task = m_id;
    line.subscriber = m_subscriber.id;
    line.level = level;
    line.text = text.size() > maximumLine
        ? QString(text.left(maximumLine) + QStringLiteral(" [cut]"))
        : text;
    m_recorder->log(std::move(line));
}

static QString demangled(const char *name)
{
    int status = 0;
    char *text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    QString result = QString::fromUtf8(status == 0 ? text : name);
    std::free(text);
    return result;
}

TaskError currentError()
{
    try {
        throw;
    } catch (const std::exception &exception) {
        return {demangled(typeid(exception).name()), QString::fromUtf8(exception.what())};
    } catch (...) {
        const std::type_info *type = abi::__cxa_current_exception_type();
        return {type ? demangled(type->name()) : QStringLiteral("unknown"),
                QStringLiteral("The handler threw something that is no std::exception.")};
    }
}

TaskEnd endFromException(const TaskContext &context)
{
    TaskEnd end;
    end.error = currentError();
    end.outcome = context.isCanceled() ? Outcome::Canceled
        : context.isLate()             ? Outcome::TimedOut
                                       : Outcome::Failed;
    end.reason = end.outcome == Outcome::Canceled ? QStringLiteral("canceled")
        : end.outcome == Outcome::TimedOut        ? QStringLiteral("deadline")
                                                  : QStringLiteral("exception");
    return end;
}

TaskEnd canceledEnd()
{
    return {Outcome::Canceled, {}, {}, QStringLiteral("canceled")};
}

TaskEnd withdrawnEnd(const HandlerEntryPoint &handler)
{
    const TaskError refusal = handler.gate->refusal();
    return {Outcome::Rejected, {}, refusal, refusal.type};
}

TaskEnd droppedEnd()
{
    return {Outcome::Rejected, {}, {}, QStringLiteral("dropped-oldest")};
}

static void reportCallbackError(TaskContext &context, const TaskEnd &end)
{
    const TaskError error = currentError();
    const bool isSuccess = end.outcome == Outcome::Succeeded;
    const QString text = QStringLiteral("The %1 callback threw %2: %3")
                             .arg(isSuccess ? QLatin1String("success") : QLatin1String("failure"),
                                  error.type, error.what);
    qCWarning(lcExecutor).noquote() << text;
    context.log(LogLevel::Error, text);
}

CallbackCoroutine beginCallBack(TaskContext &context, const TaskEnd &end)
{
    const Subscriber &subscriber = context.subscriber();
    try {
        if (end.outcome == Outcome::Succeeded) {
            if (subscriber.onSuccess)
                subscriber.onSuccess(context, end.result);
        } else if (subscriber.onFailure) {
            subscriber.onFailure(context, end.outcome, end.error);
        }
    } catch (...) {
        reportCallbackError(context, end);
    }
    return context.takeContinuation();
}

QCoro::Task<void> finishCallBack(TaskContext &context, const TaskEnd &end,
                                 CallbackCoroutine continuation)
{
    try {
        const QCoro::Task<void> work = continuation(context);
        co_await work;
    } catch (...) {
        reportCallbackError(context, end);
    }
}

void callBack(TaskContext &context, const TaskEnd &end)
{
    if (CallbackCoroutine continuation = beginCallBack(context, end))
        runToEnd([&] { return finishCallBack(context, end, std::move(continuation)); });
}

void continueCallback(Context &context, CallbackCoroutine coroutine)
{
    if (auto *task = dynamic_cast<TaskContext *>(&context))
        task->setContinuation(std::move(coroutine));
    else // of an executor that knows no coroutines
        runToEnd([&] { return coroutine(context); });
}

TaskEnd unstartedEnd(TaskContext &context)
{
    if (context.task().emission->isCanceled())
        return canceledEnd();
    TaskEnd end = withdrawnEnd(context.subscriber().handler);
    callBack(context, end);
    return end;
}

TaskEnd runSync(TaskContext &context)
{
    TaskEnd end;
    try {
        end.result = context.subscriber().handler.run(context);
    } catch (...) {
        end = endFromException(context);
    }
    return end;
}

OpenTask openTask(const TaskContext &context, const Lane *lane, qint64 started)
{
    OpenTask open;
    open.task = context.id();
    open.subscriber = context.subscriber().id;
    open.event = context.task().emission->recipients().eventNumber;
    open.lane = lane ? lane->info().id : LaneId{};
    open.queued = context.task().emission->queued();
    open.started = started;
    open.progress = context.fraction();
    return open;
}

/// The span of \a task. Inlined, it never lies in memory as a whole.
static SpanRecord spanOf(TaskEntry task, Outcome outcome, const TaskTimes &times, LaneId lane)
{
    const EmissionState &emission = *task.emission;
    SpanRecord span;
    span.task = task.id();
    span.queued = emission.queued();
    span.started = times.started;
    span.finished = times.finished;
    span.cpu = times.cpu;
    span.subscriber = task.subscriber().id;
    span.event = emission.recipients().eventNumber;
    span.lane = lane;
    span.outcome = outcome;
    return span;
}

void recordSpan(TaskEntry task, const TaskEnd &end, const TaskTimes &times, Lane *lane)
{
    if (!lane)
        return;
    if (end.hasDetail()) // before the span, see Recorder::drain()
        lane->detail({task.id(), end.result, end.error, end.reason, {}});
    lane->span(spanOf(task, end.outcome, times, lane->info().id));
}

bool settleEnd(TaskEntry task, TaskEnd &&end, Onlookers onlookers)
{
    EmissionState &emission = *task.emission;
    // A task that succeeded with nothing needs no note when the count of tasks tells it all.
    const bool isPlain = !end.hasDetail() && end.outcome == Outcome::Succeeded;
    const bool isTold = isPlain && (onlookers == Onlookers::None || emission.taskCount() == 1);
    if (!isTold && emission.isWatched()) {
        emission.detail().setFinished(task.index,
                                      {task.subscriber().id, true, end.outcome,
                                       std::move(end.result), std::move(end.error), end.reason});
    }
    if (!emission.taskEnded())
        return false;
    emission.end();
    return true;
}

bool recordEnd(TaskEntry task, TaskEnd &&end, const TaskTimes &times, Lane *lane,
               Onlookers onlookers)
{
    recordSpan(task, end, times, lane);
    return settleEnd(task, std::move(end), onlookers);
}

} // namespace Fanfare
