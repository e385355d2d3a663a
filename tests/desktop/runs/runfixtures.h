// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/samplefacts.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/runrecorder.h>

#include <QDir>

/// Run files as the window keeps them, for tests without an engine.
namespace RunFixtures {

using namespace SampleFacts;

/// Task k of a run: emission k + 1, one after the other; \a run longer or shorter than 2 ms.
inline SpanRecord spanAt(int k, qint64 begin, qint64 running = 2'000'000)
{
    SpanRecord record = span(task(quint64(k) + 1), 3, begin + k * 100'000);
    record.finished = record.started + running + k % 7 * 10'000;
    record.event = 2;
    return record;
}

/// A run in \a folder that goes on, without a task yet.
inline std::unique_ptr<RunRecorder> beginRun(const QString &folder, const QString &label,
                                             ExecutorKind executor = ExecutorKind::Threads)
{
    RunInfo info = newRunInfo({.executor = executor, .workers = 2});
    info.label = label;
    auto recorder = RunRecorder::create(QDir(folder).filePath(runFileName(info)), info);
    Q_ASSERT_X(recorder, "beginRun", "the file cannot be made");
    (*recorder)->setNames(namesOf(catalog()));
    return *std::move(recorder);
}

/// Tasks \a first to \a first + \a count - 1 of such a run.
inline TraceBatch tasksOf(const RunRecorder &recorder, int first, int count,
                          qint64 running = 2'000'000)
{
    TraceBatch batch;
    if (first == 0)
        batch.lanes = {lane()};
    for (int i = first; i < first + count; ++i)
        batch.spans.push_back(spanAt(i, recorder.index().info.begin, running));
    return batch;
}

/// Writes a run of \a count tasks "Sleep" into \a folder and returns its path.
inline QString writeRun(const QString &folder, int count, const QString &label,
                        qint64 running = 2'000'000, ExecutorKind executor = ExecutorKind::Threads)
{
    const auto recorder = beginRun(folder, label, executor);
    recorder->add(tasksOf(*recorder, 0, count, running));
    recorder->finish(quint64(count));
    return recorder->path();
}

} // namespace RunFixtures
