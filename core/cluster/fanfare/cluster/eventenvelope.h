// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcome.h>
#include <fanfare/base/result.h>
#include <fanfare/cluster/clusterids.h>

#include <QByteArray>
#include <QList>

namespace Fanfare {

/// What an agent says about a task.
enum class EventKind : quint8 {
    Asked = 1, ///< it got the task, which is not idempotent, and asks whether to start it
    Started,
    Progress,
    Logged,
    Ended,   ///< with its outcome
    Refused, ///< it cannot run it, and did not start it; `reason` and `text` say why
};

/// Why a host refuses a task that it was told to start: it does not have it any more, and has not
/// started it unless it has told of its end before.
inline constexpr QLatin1StringView notHere{"not-here"};

/// What happened to a task on a host. Many travel in one message: a list of CBOR maps: 0 version,
/// 1 task (16 bytes), 2 agent, 3 counter, 4 attempt, 5 kind, 6 slot, 7 time, 8 started, 9 outcome,
/// 10 payload (bytes), 11 reason, 12 text, 13 CPU, 14 peak memory, 15 progress, 16 level, 17 crash
/// report (bytes). What is as below is left out.
struct EventEnvelope
{
    ClusterTaskId task;
    ClusterSession agent{};
    quint64 counter = 0; ///< of the events of this agent to this app, from 1: a gap is a loss
    quint8 attempt = 1;  ///< of the delivery
    EventKind kind = EventKind::Started;
    quint16 slot = 0;                     ///< worker of that host
    qint64 time = 0;                      ///< MonotonicClock ns of the agent's host
    qint64 started = 0;                   ///< of Ended: as time; 0: it never started
    Outcome outcome = Outcome::Succeeded; ///< of Ended
    QByteArray payload;                   ///< of Ended: see encodeResult() and encodeError()
    QString reason;                       ///< of Ended and Refused: stable code
    QString text;                         ///< a line, what a progress is about, or why it refuses
    qint64 cpu = -1;                      ///< see SpanRecord
    quint32 peakMemory = 0;               ///< KiB
    double progress = -1;                 ///< 0..1
    quint8 level = 0;                     ///< of Logged: LogLevel
    QByteArray crash;                     ///< of Crashed: the report, a CBOR map
};

QByteArray encode(const QList<EventEnvelope> &events); // [any]

/// Bytes that \a event takes at most, encoded. [any]
qsizetype sizeOf(const EventEnvelope &event);

/// Error: Protocol, for bytes that are no events of this version. [any]
Result<QList<EventEnvelope>> decodeEvents(const QByteArray &bytes);

} // namespace Fanfare
