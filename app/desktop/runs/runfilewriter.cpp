// SPDX-License-Identifier: MIT
#include "runfilewriter.h"

#include <fanfare/engine/runfacts.h>

#include <QDir>

namespace Fanfare {

void RunFileWriter::begin(const QString &folder, const RunInfo &info, qint64 engine)
{
    m_isTroubled = false;
    QDir().mkpath(folder); // if that fails, so does creating the file, and says why
    Result<std::unique_ptr<RunRecorder>> recorder =
        RunRecorder::create(QDir(folder).filePath(runFileName(info)), info);
    if (!recorder) {
        m_isTroubled = true;
        Q_EMIT troubled(tr("This run is not kept, its tasks go on: %1 Check who may write to the "
                           "folder.")
                            .arg(recorder.error().message));
        return;
    }
    m_recorder = *std::move(recorder);
    m_recorder->watchProcesses(engine);
    Q_EMIT begun(m_recorder->path());
}

void RunFileWriter::setNames(const RunNames &names)
{
    if (m_recorder)
        m_recorder->setNames(names);
}

void RunFileWriter::add(const TraceBatch &batch)
{
    m_waitingSpans -= qint64(batch.spans.size());
    if (!m_recorder)
        return;
    m_recorder->add(batch);
    tellTrouble();
}

void RunFileWriter::addLost(const EngineEndFact &end, qint64 time)
{
    if (!m_recorder)
        return;
    const std::vector<OpenTask> lost(end.lost.begin(), end.lost.end());
    m_recorder->addLost(lost, culpritTasks(end), time, end.reason);
}

void RunFileWriter::endUnfinished(const QString &reason)
{
    if (m_recorder)
        m_recorder->endUnfinished(reason);
}

void RunFileWriter::end(quint64 emissions)
{
    if (!m_recorder)
        return;
    m_recorder->finish(emissions);
    tellTrouble();
    Q_EMIT ended(m_recorder->path());
    m_recorder.reset();
}

void RunFileWriter::tellTrouble()
{
    const QString problem = m_recorder->problem();
    if (!problem.isEmpty() && !std::exchange(m_isTroubled, true))
        Q_EMIT troubled(problem);
}

} // namespace Fanfare
