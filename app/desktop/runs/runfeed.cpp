// SPDX-License-Identifier: MIT
#include "runfeed.h"

#include "desktop/models/runmodel.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/runlock.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunFeed::RunFeed(QString path, RunReader reader)
    : m_path(std::move(path))
    , m_reader(std::move(reader))
{
}

Result<std::shared_ptr<RunFeed>> RunFeed::open(const QString &path)
{
    Result<RunReader> reader = RunReader::open(path);
    if (!reader)
        return reader.error();
    return std::shared_ptr<RunFeed>(new RunFeed(path, *std::move(reader)));
}

/// Whoever records is asked first: what it wrote before it let go is read then.
void RunFeed::read(const Sink &sink, const std::function<void(double)> &progress,
                   const std::stop_token &stop)
{
    m_goesOn = isRecorded(m_path);
    m_reader.lookAgain();
    TraceBatch batch;
    while (!stop.stop_requested() && m_reader.read(batch)) {
        sink({std::exchange(batch, {}), m_reader.names()});
        progress(m_reader.progress());
    }
}

void RunFeed::fold(RunPart part, RunModel &model)
{
    if (part.names != m_names) {
        m_names = std::move(part.names);
        model.setCatalog(catalogOf(m_names));
    }
    nameLanes(part.trace.lanes);
    for (const SpanRecord &span : part.trace.spans) {
        m_last = std::max(m_last, span.finished + span.repliedAfter);
        m_emissions = std::max(m_emissions, number(span.task.emission));
    }
    part.trace.live = {}; // a file does not tell what is open
    part.trace.live.time = m_last;
    BatchFact batch{.trace = std::move(part.trace)};
    batch.counters.emissions = m_emissions;
    model.apply(batch);
}

/// Lanes of one name are one in a window, but in a trace of others two processes may each have a
/// thread "main".
void RunFeed::nameLanes(std::vector<LaneInfo> &lanes)
{
    for (LaneInfo &lane : lanes) {
        if (m_laneIds.contains(number(lane.id)))
            continue;
        m_laneIds.insert(number(lane.id));
        if (m_laneNames.contains(lane.name))
            lane.name += u" · %1"_s.arg(lane.pid > 0 ? lane.pid : qint64(number(lane.id)));
        m_laneNames.insert(lane.name);
    }
}

} // namespace Fanfare
