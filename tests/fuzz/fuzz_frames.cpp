// SPDX-License-Identifier: MIT
// What comes up from a worker or an engine: frames, and every message in them.
#include "fuzztarget.h"

#include <core/runs/randomspans.h>

#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/ipc/tracecodec.h>
#include <fanfare/ipc/workerprotocol.h>

#include <QBuffer>

#include <vector>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr quint16 traceFrame = 0x0001; // of this program: the engine's are not told apart

static quint16 typeOf(auto message)
{
    return quint16(message);
}

static QByteArray someReports()
{
    QByteArray frame;
    appendReport(frame, {.task = 1, .time = 5});
    QBuffer result;
    result.open(QIODevice::WriteOnly);
    encodeResult(QCborArray{1, u"x"_s}, result);
    appendReport(
        frame,
        {.kind = ReportKind::Finished, .task = 1, .time = 9, .cpu = 3, .payload = result.data()});
    const QByteArray error = encodeError({u"type"_s, u"text"_s});
    appendReport(frame,
                 {.kind = ReportKind::Finished, .outcome = Outcome::Failed, .payload = error});
    return frame;
}

static QByteArray someTasks()
{
    QByteArray frame;
    const QByteArray arguments =
        encodeArguments({{1, u"two"_s}, {{u"k"_s, 3.5}}, {{u"field"_s, true}}});
    appendTask(frame, {.task = 1, .emission = 2, .handler = 3, .arguments = arguments});
    return frame;
}

static QByteArray someTrace()
{
    TraceBatch batch;
    batch.lanes.push_back({LaneId(0), LaneKind::Process, u"worker 1"_s, 7});
    batch.spans = busySpans(20, 1);
    batch.details.push_back({.task = {EmissionId(1), 0}, .error = {u"e"_s, u"text"_s}});
    batch.log.push_back({.task = {EmissionId(1), 0}, .text = u"line"_s});
    return TraceEncoder(batch).encode();
}

QList<QByteArray> fuzzSeeds()
{
    FrameWriter up;
    up.append(typeOf(WorkerReply::Welcome), encode(WorkerWelcome{1, QByteArray(32, 'n'), u"b"_s}));
    up.append(typeOf(WorkerReply::LoadFailed), encode(LoadProblem{u"code"_s, u"text"_s}), 3);
    up.append(typeOf(WorkerReply::Reports), someReports());
    up.append(typeOf(WorkerReply::Log), encode(WorkerLine{5, LogLevel::Warning, u"line"_s, 1}), 1);
    up.append(typeOf(WorkerReply::Progress), encode(WorkerProgress{0.5, u"half"_s}), 1);
    FrameWriter down;
    down.append(typeOf(WorkerCommand::Hello), encode(WorkerHello{1, QByteArray(32, 'n'), u"b"_s}));
    down.append(typeOf(WorkerCommand::Load),
                encode(LoadRequest{u"p"_s, u"h"_s, u"/p.so"_s, QByteArray(32, 'h')}), 3);
    down.append(typeOf(WorkerCommand::Tasks), someTasks());
    FrameWriter trace;
    trace.append(traceFrame, someTrace());
    return {up.take(), down.take(), trace.take()};
}

static void readReports(const QByteArray &payload)
{
    RecordReader<ReportRecord> reader(payload);
    ReportRecord report;
    while (reader.next(report)) {
        (void)decodeResult(report.payload);
        (void)decodeSharedResult(report.payload);
        (void)decodeError(report.payload);
    }
}

static void readTasks(const QByteArray &payload)
{
    RecordReader<TaskRecord> reader(payload);
    TaskRecord task;
    while (reader.next(task))
        (void)decodeArguments(task.arguments);
}

/// Every reader, whatever the type says: the other end may lie.
static void readMessage(const QByteArray &payload)
{
    readReports(payload);
    readTasks(payload);
    (void)decodeWorkerMessage<WorkerHello>(payload);
    (void)decodeWorkerMessage<WorkerWelcome>(payload);
    (void)decodeWorkerMessage<LoadRequest>(payload);
    (void)decodeWorkerMessage<LoadProblem>(payload);
    (void)decodeWorkerMessage<WorkerLine>(payload);
    (void)decodeWorkerMessage<WorkerProgress>(payload);
    TraceBatch batch;
    (void)decodeTrace(payload, batch);
}

static std::vector<Frame> framesOf(const QByteArray &input)
{
    FrameReader reader;
    reader.append(input);
    std::vector<Frame> frames;
    while (true) {
        Result<std::optional<Frame>> frame = reader.next();
        if (!frame || !*frame)
            return frames;
        frames.push_back(std::move(**frame));
    }
}

void fuzzOne(const QByteArray &input)
{
    for (const Frame &frame : framesOf(input))
        readMessage(frame.payload);
}

QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &random, const Mutator &mutate)
{
    std::vector<Frame> frames = framesOf(input);
    if (frames.empty() || random() % 4 == 0)
        return mutate(input);
    Frame &changed = frames[random() % frames.size()];
    changed.payload = mutate(changed.payload).left(maximumPayload);
    FrameWriter writer;
    for (const Frame &frame : frames)
        writer.append(frame.type, frame.payload, frame.number, frame.flags);
    return writer.take();
}
