// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"
#include "desktop/models/runspans.h"
#include "desktop/timeline/emissiontrack.h"
#include "desktop/timeline/loadcurve.h"

namespace Fanfare {

/// An open task; a running one in the row it will keep when it has finished.
struct OpenSpan
{
    OpenTask task;
    quint32 handler = 0;
    quint32 lane = 0;
    int row = 0;
};

/// The rows of one lane.
struct LaneTrack
{
    std::vector<SpanRow> rows;
    int rowCount = 0; ///< with those that so far only running tasks have
    bool isLoop = false;
};

/// What the timeline draws, taken from a RunModel at the last sync(): a still picture that may be
/// looked at while the model goes on.
///
/// Threads: [gui].
class TimelineTracks
{
public:
    /// Takes over what the model has gained. O(rows + new spans + open tasks).
    void sync(const RunModel &model);
    void clear();

    const std::vector<LaneTrack> &lanes() const { return m_lanes; } ///< by RunModel lane index
    const std::vector<OpenSpan> &open() const { return m_open; }
    const std::vector<OpenSpan> &queued() const { return m_queued; } ///< the first few; no lane
    const EmissionTrack &emissions() const { return m_emissions; }
    const LoadCurve &load() const { return m_load; } ///< of finished tasks
    bool isLoop(quint32 lane) const { return lane < m_lanes.size() && m_lanes[lane].isLoop; }
    quint64 queuedCount() const { return m_queuedCount; }
    size_t spanCount() const { return m_taken; }
    size_t markCount() const { return m_marks; }

    qint64 firstTime() const { return m_firstTime; } ///< 0 when empty
    qint64 lastTime() const { return m_lastTime; }   ///< of what has happened; open tasks go on
    bool isEmpty() const { return m_taken == 0 && m_open.empty() && m_queuedCount == 0; }
    bool isLive() const { return !m_open.empty() || m_queuedCount > 0; }

    /// The row of \a place; an empty one when there is none.
    const SpanRow &row(quint32 lane, int row) const;
    RowSpan at(const SpanPlace &place) const { return row(place.lane, place.row)[place.position]; }
    TaskId taskAt(const SpanPlace &place) const
    {
        return row(place.lane, place.row).task(place.position);
    }
    std::optional<SpanPlace> placeOf(const RunModel &model, TaskId task) const;

private:
    void takeRows(const RunModel &model);
    void takeSpans(const RunModel &model);
    void takeRunning(const RunModel &model);
    void takeQueued(const RunModel &model);
    void noteTimes(qint64 queued, qint64 last);

    std::vector<LaneTrack> m_lanes;
    std::vector<OpenSpan> m_open;
    std::vector<OpenSpan> m_queued;
    EmissionTrack m_emissions;
    LoadCurve m_load;
    quint64 m_queuedCount = 0;
    size_t m_taken = 0; ///< spans of the model
    size_t m_marks = 0;
    qint64 m_firstTime = 0;
    qint64 m_lastTime = 0;
};

} // namespace Fanfare
