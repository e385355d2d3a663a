// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emissionstate.h>
#include <fanfare/ipc/packedarguments.h>

#include <QCborArray>
#include <QCborMap>

namespace Fanfare {

/// What belongs to a task of a process pool and means nothing to its supervisor.
struct PoolParcel
{
    EmissionState *emission = nullptr; ///< null: no task
    quint32 index = 0;                 ///< of the task in its emission or batch
    quint32 event = 0;                 ///< number in the route table
    PackedArguments arguments;
    qint64 charge = 0;      ///< bytes of arguments that stay until it ends
    bool wasSent = false;   ///< once at least
    QCborArray crashes;     ///< reports of the attempts that crashed
    double progress = -1;   ///< see OpenTask
    qint64 cpu = -1;        ///< see SpanRecord
    quint32 peakMemory = 0; ///< KiB

    const Subscriber &subscriber() const { return emission->subscriber(index); }
    TaskId id() const { return emission->taskId(index); }
    TaskOrigin origin(quint8 attempt) const { return emission->originOf(index, attempt); }
    const Arguments &unpacked() const { return emission->arguments(index); }
};

} // namespace Fanfare
