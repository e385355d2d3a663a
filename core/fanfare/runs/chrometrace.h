// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <QByteArray>
#include <QStringView>

#include <map>
#include <set>

class QIODevice;

namespace Fanfare {

/// What the record of a task does not say in words. The texts are borrowed for one call.
struct ChromeLabels
{
    QStringView event;
    QStringView plugin;
    QStringView handler;
    QStringView reason; ///< may be empty
    QStringView error;  ///< may be empty
};

/// Writes a run as Chrome Trace Event JSON, the form that Perfetto and chrome://tracing open.
///
/// A task is a complete event ("X") on its lane. Tasks of event loops overlap, which complete
/// events of one thread may not, so they are pairs of async events ("b", "e") of category "async";
/// a task that never started is such a pair of category "never started", from queued to finished.
/// The emission is an instant on a lane of its own, and a flow ("s", "f") leads from it to each
/// complete event. Times are MonotonicClock microseconds with three decimals, not shifted, so
/// that two files of one machine share an axis.
///
/// Streams: memory does not grow with the number of tasks. Tasks may come in any order; a lane
/// must come before its tasks.
///
/// Threads: [owner].
class ChromeTraceWriter
{
public:
    /// Writes to \a device, which is open and outlives the writer. \a enginePid is the process
    /// that the emissions are shown in.
    ChromeTraceWriter(QIODevice &device, qint64 enginePid);

    void addLane(const LaneInfo &lane);
    void addSpan(const SpanRecord &span, const ChromeLabels &labels);

    /// Ends the document. False when any part of it could not be written, for instance on a full
    /// disk; the device says why. Nothing may be added afterwards.
    bool finish();

private:
    QByteArray &nextEvent();
    void flush();
    void nameProcess(qint64 pid, const char *name);
    void nameThread(qint64 pid, qint64 tid, QStringView name);
    void addEmission(const SpanRecord &span, const ChromeLabels &labels);
    void addComplete(const SpanRecord &span, const ChromeLabels &labels, const LaneInfo &lane);
    void addAsync(const SpanRecord &span, const ChromeLabels &labels, qint64 pid);
    void addFlow(const SpanRecord &span, const LaneInfo &lane);

    QIODevice &m_device;
    const qint64 m_enginePid;
    QByteArray m_buffer;
    std::map<LaneId, LaneInfo> m_lanes;
    std::set<qint64> m_namedProcesses;
    bool m_isFirst = true;
    bool m_isBroken = false;
};

} // namespace Fanfare
