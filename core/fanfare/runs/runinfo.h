// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>
#include <fanfare/base/result.h>
#include <fanfare/runs/processusage.h>

#include <QCborMap>
#include <QString>
#include <QStringList>

#include <array>
#include <vector>

namespace Fanfare {

/// The machine a run took place on, as far as it may explain a difference.
struct RunEnvironment
{
    QString host;
    QString system; ///< "Debian GNU/Linux 12 (bookworm), Linux 6.1.0"
    QString processor;
    int cores = 0;
    QString qt;       ///< version at run time
    QString fanfare;  ///< version and build
    double load = -1; ///< average of the last minute when the run began; -1: not known

    bool operator==(const RunEnvironment &other) const = default;
};

/// What was run, where and how.
struct RunInfo
{
    QString id; ///< a UUID, without braces
    QString label;
    QString executor;      ///< "threads", "processes", "cluster", "inline"
    int workers = 0;       ///< 0: one per core
    qint64 queueBound = 0; ///< queued tasks at most; 0: not recorded, as in files of older versions
    QString onFull;        ///< what became of tasks beyond: policyName(); empty: not recorded
    qint64 begin = 0;      ///< MonotonicClock nanoseconds; what spans count from
    qint64 beginUtc = 0;   ///< the same moment, milliseconds since 1970
    quint64 seed = 0;
    double speed = 1;    ///< the scenario was played at, see PlaySpeed
    QByteArray scenario; ///< the JSON it was played from; empty: emitted by hand
    QString series;      ///< the same for runs that were made to be compared; may be empty
    int round = 0;       ///< position within the series, from 1
    QStringList tags;
    RunEnvironment environment;

    QCborMap toCbor() const;
};

/// A handler of a run, as spans name it.
struct RunHandler
{
    SubscriberId subscriber{};
    QString plugin;        ///< id, reverse DNS; empty: of the program itself
    QString pluginVersion; ///< may be empty
    QByteArray pluginHash; ///< SHA-256, 32 bytes, or empty
    QString name;

    bool operator==(const RunHandler &other) const = default;
};

struct RunEvent
{
    quint32 number = 0; ///< SpanRecord::event
    QString name;

    bool operator==(const RunEvent &other) const = default;
};

/// What the numbers in the spans of a run mean.
struct RunNames
{
    std::vector<RunHandler> handlers;
    std::vector<RunEvent> events;

    QCborMap toCbor() const;
    bool operator==(const RunNames &other) const = default;
};

/// Where one block of spans lies in a run file and which time it covers.
struct RunChunk
{
    qint64 offset = 0; ///< bytes
    quint32 spans = 0;
    qint64 first = 0; ///< earliest queued, MonotonicClock nanoseconds
    qint64 last = 0;  ///< latest finished
};

/// The End block: what a list of runs shows of this one, and where its spans are.
struct RunIndex
{
    RunInfo info;
    std::vector<RunChunk> chunks;
    std::array<quint64, outcomeCount> outcomes{}; ///< tasks by Outcome
    quint64 emissions = 0;
    quint64 droppedSpans = 0;
    qint64 first = 0;                    ///< earliest queued
    qint64 last = 0;                     ///< latest finished
    std::vector<ProcessUsage> processes; ///< empty: not measured, as in files of older versions

    quint64 tasks() const;
    qint64 wall() const { return last - first; } ///< nanoseconds
    QCborMap toCbor() const;
};

/// Error of all: Protocol, when a key is missing or of another type. Unknown keys are ignored.
Result<RunInfo> readRunInfo(const QByteArray &cbor);
Result<RunNames> readRunNames(const QByteArray &cbor);
Result<RunIndex> readRunIndex(const QByteArray &cbor);

} // namespace Fanfare
