// SPDX-License-Identifier: MIT
#include "fanfare/runs/unfinishedtasks.h"

#include "fanfare/runs/spancoding.h"

#include <QtEndian>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static SpanRecord unfinishedSpan(const OpenTask &task, qint64 time)
{
    SpanRecord span;
    span.task = task.task;
    span.subscriber = task.subscriber;
    span.event = task.event;
    span.lane = task.lane;
    span.finished = time;
    span.started = task.started > 0 ? std::min(task.started, time) : time;
    span.queued = task.queued > 0 ? std::min(task.queued, span.started) : span.started;
    span.outcome = Outcome::Interrupted;
    return span;
}

UnfinishedTasks unfinishedIn(const LiveSample &live)
{
    UnfinishedTasks tasks;
    for (const std::vector<OpenTask> *open : {&live.running, &live.queued}) {
        for (const OpenTask &task : *open) {
            if (tasks.spans.size() < SpanCoding::maximumSpans)
                tasks.spans.push_back(unfinishedSpan(task, live.time));
        }
    }
    tasks.more = live.queuedCount - std::min<quint64>(live.queuedCount, live.queued.size());
    return tasks;
}

bool areSameTasks(const UnfinishedTasks &one, const UnfinishedTasks &other)
{
    const auto isSame = [](const SpanRecord &a, const SpanRecord &b) {
        // What waits starts at the moment of the sample, so its start says nothing.
        return a.task == b.task && (a.started == a.finished) == (b.started == b.finished);
    };
    return one.more == other.more && std::ranges::equal(one.spans, other.spans, isSame);
}

void removeFinished(UnfinishedTasks &tasks, std::span<const SpanRecord> finished)
{
    if (tasks.spans.empty())
        return;
    const auto [first, last] = std::ranges::minmax(
        tasks.spans, {}, [](const SpanRecord &span) { return span.task.emission; });
    std::vector<TaskId> found;
    for (const SpanRecord &span : finished) {
        if (span.task.emission >= first.task.emission && span.task.emission <= last.task.emission)
            found.push_back(span.task);
    }
    std::ranges::sort(found);
    std::erase_if(tasks.spans, [&](const SpanRecord &span) {
        return std::ranges::binary_search(found, span.task);
    });
}

QByteArray encodeUnfinished(const UnfinishedTasks &tasks)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(tasks.more, bytes.data());
    return bytes + SpanCoding::encode(tasks.spans);
}

Result<UnfinishedTasks> decodeUnfinished(const QByteArray &payload)
{
    if (payload.size() < 8)
        return Error{ErrorCode::Protocol, u"a list of unfinished tasks is torn"_s};
    UnfinishedTasks tasks;
    tasks.more = qFromLittleEndian<quint64>(payload.constData());
    const QByteArrayView spans = QByteArrayView(payload).sliced(8);
    if (const Result<void> decoded = SpanCoding::decode(spans, tasks.spans); !decoded)
        return decoded.error();
    return tasks;
}

std::vector<TaskDetail> reasonsFor(std::span<const SpanRecord> spans, const QString &reason)
{
    std::vector<TaskDetail> details;
    details.reserve(spans.size());
    for (const SpanRecord &span : spans)
        details.push_back({.task = span.task, .reason = reason});
    return details;
}

} // namespace Fanfare
