// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/trace/records.h>

#include <QByteArray>

#include <span>
#include <vector>

namespace Fanfare {

/// What was open at one moment of a run, as the spans it becomes when nothing more is heard of it.
struct UnfinishedTasks
{
    std::vector<SpanRecord> spans; ///< Outcome::Interrupted, they finish at that moment
    quint64 more = 0;              ///< tasks that waited besides, of which only the number is known

    quint64 count() const { return spans.size() + more; }
};

/// What is open in \a live; what waits has not started when it finishes. [any]
UnfinishedTasks unfinishedIn(const LiveSample &live);

/// Whether both say the same but for the moment: the same tasks wait and run. [any]
bool areSameTasks(const UnfinishedTasks &one, const UnfinishedTasks &other);

/// Removes what is among \a finished. [any]
void removeFinished(UnfinishedTasks &tasks, std::span<const SpanRecord> finished);

/// The payload of a block Unfinished: how many more wait (u64, little endian), and the spans by
/// SpanCoding, at most 65,536 of them. [any]
QByteArray encodeUnfinished(const UnfinishedTasks &tasks);

/// Error: Protocol, for what encodeUnfinished() cannot have written. [any]
Result<UnfinishedTasks> decodeUnfinished(const QByteArray &payload);

/// A detail for each of \a spans that says \a reason. [any]
std::vector<TaskDetail> reasonsFor(std::span<const SpanRecord> spans, const QString &reason);

} // namespace Fanfare
