// SPDX-License-Identifier: MIT
#include "runkeeper.h"

#include "desktop/session.h"
#include "runfilewriter.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/runfacts.h>

#include <algorithm>

namespace Fanfare {

RunKeeper::RunKeeper(Session &session, QString folder, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_folder(std::move(folder))
    , m_writer(new RunFileWriter)
{
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    connect(m_writer, &RunFileWriter::begun, this, &RunKeeper::begun);
    connect(m_writer, &RunFileWriter::ended, this, &RunKeeper::ended);
    connect(m_writer, &RunFileWriter::troubled, this, &RunKeeper::troubled);
    connect(&m_session, &Session::factsTaken, this, &RunKeeper::take);
    connect(&m_session, &Session::engineEnded, this, &RunKeeper::takeEnd);
    connect(&m_session.model(), &RunModel::catalogChanged, this, &RunKeeper::sendNames);
    connect(&m_session.model(), &RunModel::cleared, this, &RunKeeper::endRun);
    m_thread.setObjectName(QStringLiteral("run keeper"));
    m_thread.start();
}

RunKeeper::~RunKeeper()
{
    if (m_isKeeping) {
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer] { writer->endUnfinished(QStringLiteral("closed")); });
    }
    endRun();
    QMetaObject::invokeMethod(
        m_writer, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

/// A file that begins later in the life of an engine needs its lanes, too.
void RunKeeper::noteLanes(const TraceBatch &trace)
{
    for (const LaneInfo &lane : trace.lanes)
        m_lanes[lane.id] = lane;
    for (const LaneEvent &event : trace.laneEvents) {
        if (event.kind == LaneEventKind::Started)
            m_tenures[event.lane] = event;
    }
}

static bool hasTasks(const TraceBatch &trace)
{
    return !trace.spans.empty() || !trace.live.running.empty() || trace.live.queuedCount > 0;
}

void RunKeeper::take(const BatchFact &batch)
{
    const bool begins = !m_isKeeping && !m_isGivenUp && hasTasks(batch.trace);
    if (begins)
        beginRun(batch);
    noteLanes(batch.trace);
    m_emissions = batch.counters.emissions;
    if (m_isKeeping && (!batch.trace.isEmpty() || batch.trace.live.time > 0))
        send(batch.trace);
}

/// When the first task of \a trace was accepted; \a otherwise when there is none.
static qint64 beginningOf(const TraceBatch &trace, qint64 otherwise)
{
    qint64 begin = otherwise;
    for (const SpanRecord &span : trace.spans)
        begin = std::min(begin, span.queued);
    for (const std::vector<OpenTask> *tasks : {&trace.live.running, &trace.live.queued}) {
        for (const OpenTask &task : *tasks)
            begin = task.queued > 0 ? std::min(begin, task.queued) : begin;
    }
    return begin;
}

void RunKeeper::beginRun(const BatchFact &batch)
{
    RunInfo info = newRunInfo(m_session.options());
    const qint64 begin = beginningOf(batch.trace, info.begin);
    info.beginUtc -= (info.begin - begin) / 1'000'000;
    info.begin = begin;
    info.speed = std::exchange(m_speed, 1);
    m_isKeeping = true;
    Q_EMIT beginning(info);
    m_emissionsBefore = m_emissions;
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, folder = m_folder, info, engine = m_session.enginePid()] {
            writer->begin(folder, info, engine);
        });
    sendNames();
    TraceBatch known;
    for (const auto &[id, lane] : m_lanes)
        known.lanes.push_back(lane);
    for (const auto &[id, tenure] : m_tenures)
        known.laneEvents.push_back(tenure);
    if (!known.isEmpty())
        send(known);
}

void RunKeeper::sendNames()
{
    if (!m_isKeeping)
        return;
    QMetaObject::invokeMethod(m_writer,
                              [writer = m_writer, names = namesOf(m_session.model().catalog())] {
                                  writer->setNames(names);
                              });
}

void RunKeeper::send(const TraceBatch &batch)
{
    const auto spans = qint64(batch.spans.size());
    if (m_writer->waitingSpans().fetch_add(spans) + spans > maximumWaiting) {
        m_writer->waitingSpans() -= spans;
        giveUp();
        return;
    }
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, batch] { writer->add(batch); });
}

void RunKeeper::giveUp()
{
    endRun();
    m_isGivenUp = true;
    Q_EMIT troubled(tr("The run is not kept any further, because the disk takes longer to write "
                       "than the tasks to run. Its tasks go on; clear the timeline to begin "
                       "another file."));
}

void RunKeeper::endRun()
{
    m_isGivenUp = false;
    if (!std::exchange(m_isKeeping, false))
        return;
    QMetaObject::invokeMethod(m_writer,
                              [writer = m_writer, emissions = m_emissions - m_emissionsBefore] {
                                  writer->end(emissions);
                              });
}

void RunKeeper::takeEnd(const EngineEndFact &end)
{
    if (m_isKeeping) {
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer, end] { writer->addLost(end, MonotonicClock::now()); });
    }
    endRun();
    m_lanes.clear();
    m_tenures.clear();
    m_emissions = 0;
}

} // namespace Fanfare
