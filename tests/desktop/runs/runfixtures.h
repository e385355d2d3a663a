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

/// Writes a run of \a count tasks "Sleep" into \a folder and returns its path.
inline QString writeRun(const QString &folder, int count, const QString &label,
                        qint64 running = 2'000'000, ExecutorKind executor = ExecutorKind::Threads)
{
    RunInfo info = newRunInfo({.executor = executor, .workers = 2});
    info.label = label;
    const QString path = QDir(folder).filePath(runFileName(info));
    auto recorder = RunRecorder::create(path, info);
    Q_ASSERT_X(recorder, "writeRun", "the file cannot be made");
    (*recorder)->setNames(namesOf(catalog()));
    TraceBatch batch;
    batch.lanes = {lane()};
    for (int i = 0; i < count; ++i)
        batch.spans.push_back(spanAt(i, info.begin, running));
    (*recorder)->add(batch);
    (*recorder)->finish(quint64(count));
    return path;
}

} // namespace RunFixtures
