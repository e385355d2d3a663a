// SPDX-License-Identifier: MIT
#include "fanfare/executors/taskrun.h"

#include <fanfare/base/clock.h>

#include <QLoggingCategory>

#include <algorithm>
#include <cxxabi.h>
#include <exception>
#include <utility>

namespace Fanfare {

Q_LOGGING_CATEGORY(lcExecutor, "fanfare.executor")

static constexpr qsizetype maximumLine = 8192; // characters

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
    end.outcome = context.task().emission->isCanceled() ? Outcome::Canceled : Outcome::Failed;
    end.reason =
        end.outcome == Outcome::Canceled ? QStringLiteral("canceled") : QStringLiteral("exception");
    return end;
}

TaskEnd canceledEnd()
{
    return {Outcome::Canceled, {}, {}, QStringLiteral("canceled")};
}

TaskEnd withdrawnEnd(const HandlerIdentity &handler)
{
    return {Outcome::Rejected,
            {},
            {QStringLiteral("plugin-removed"),
             QStringLiteral("The plugin %1 was removed before its handler \"%2\" was started; put "
                            "it back and emit again.")
                 .arg(handler.plugin, handler.handler)},
            QStringLiteral("plugin-removed")};
}

TaskEnd droppedEnd()
{
    return {Outcome::Rejected, {}, {}, QStringLiteral("dropped-oldest")};
}

static void reportCallbackError(TaskContext &context, const char *which)
{
    const TaskError error = currentError();
    const QString text = QStringLiteral("The %1 callback threw %2: %3")
                             .arg(QLatin1String(which), error.type, error.what);
    qCWarning(lcExecutor).noquote() << text;
    context.log(LogLevel::Error, text);
}

void callBack(TaskContext &context, const TaskEnd &end)
{
    const Subscriber &subscriber = context.subscriber();
    if (end.outcome == Outcome::Succeeded) {
        if (!subscriber.onSuccess)
            return;
        try {
            subscriber.onSuccess(context, end.result);
        } catch (...) {
            reportCallbackError(context, "success");
        }
        return;
    }
    if (!subscriber.onFailure)
        return;
    try {
        subscriber.onFailure(context, end.outcome, end.error);
    } catch (...) {
        reportCallbackError(context, "failure");
    }
}

TaskEnd unstartedEnd(TaskContext &context)
{
    if (context.task().emission->isCanceled())
        return canceledEnd();
    TaskEnd end = withdrawnEnd(context.subscriber().handler.identity);
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

/// Writes all of \a span, in place: a copy of it would cost as much as the rest of recording.
static void writeSpan(SpanRecord &span, TaskEntry task, Outcome outcome, const TaskTimes &times,
                      LaneId lane)
{
    const EmissionState &emission = *task.emission;
    span.task = task.id();
    span.queued = emission.queued();
    span.started = times.started;
    span.finished = times.finished;
    span.cpu = times.cpu;
    span.sentBefore = 0;
    span.repliedAfter = 0;
    span.subscriber = task.subscriber().id;
    span.event = emission.recipients().eventNumber;
    span.lane = lane;
    span.outcome = outcome;
    span.attempt = 1;
    span.peakMemory = 0;
}

bool recordEnd(TaskEntry task, TaskEnd &&end, const TaskTimes &times, Lane *lane,
               Onlookers onlookers)
{
    EmissionState &emission = *task.emission;
    const bool hasDetail = end.hasDetail();
    if (lane) {
        if (hasDetail) // before the span, see Recorder::drain()
            lane->detail({task.id(), end.result, end.error, end.reason, {}});
        writeSpan(lane->nextSpan(), task, end.outcome, times, lane->info().id);
        lane->publishSpan();
    }
    // A task that succeeded with nothing needs no note when the count of tasks tells it all.
    const bool isPlain = !hasDetail && end.outcome == Outcome::Succeeded;
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

} // namespace Fanfare
