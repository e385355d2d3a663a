// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"
#include "desktop/timeline/emissiontrack.h"
#include "desktop/timeline/firstfit.h"
#include "desktop/timeline/spanrow.h"

#include <unordered_map>

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
    FirstFit fit;
};

/// Where a finished span lies.
struct SpanPlace
{
    quint32 lane = 0;
    int row = 0;
    size_t position = 0; ///< in the row

    bool operator==(const SpanPlace &other) const = default;
};

/// What the timeline draws, taken from a RunModel at the last sync(): a still picture that may be
/// looked at while the model goes on.
///
/// Threads: [gui].
class TimelineTracks
{
public:
    /// Takes over what the model has gained. O(new spans + open tasks).
    void sync(const RunModel &model);
    void clear();

    const std::vector<LaneTrack> &lanes() const { return m_lanes; } ///< by RunModel lane index
    const std::vector<OpenSpan> &open() const { return m_open; }
    const std::vector<OpenSpan> &queued() const { return m_queued; } ///< the first few; no lane
    const EmissionTrack &emissions() const { return m_emissions; }
    quint64 queuedCount() const { return m_queuedCount; }
    size_t spanCount() const { return m_taken; }
    size_t markCount() const { return m_marks; }

    qint64 firstTime() const { return m_firstTime; } ///< 0 when empty
    qint64 lastTime() const { return m_lastTime; }   ///< of what has happened; open tasks go on
    bool isEmpty() const { return m_taken == 0 && m_open.empty() && m_queuedCount == 0; }
    bool isLive() const { return !m_open.empty() || m_queuedCount > 0; }

    const RowSpan &at(const SpanPlace &place) const;
    std::optional<SpanPlace> placeOf(const RunModel &model, TaskId task) const;

private:
    struct Reservation
    {
        quint32 lane = 0;
        int row = 0;
        quint64 sync = 0; ///< the last sync() that saw the task open
    };

    LaneTrack &track(quint32 lane);
    void takeSpans(const RunModel &model);
    void takeSpan(const RunModel &model, size_t index);
    void takeRunning(const RunModel &model);
    void takeQueued(const RunModel &model);
    void forgetVanished(qint64 time);
    int rowFor(const SpanEntry &span, LaneTrack &lane);
    void noteTimes(qint64 queued, qint64 last);

    std::vector<LaneTrack> m_lanes;
    std::vector<OpenSpan> m_open;
    std::vector<OpenSpan> m_queued;
    EmissionTrack m_emissions;
    std::unordered_map<TaskId, Reservation> m_reservations; ///< rows of running tasks
    quint64 m_queuedCount = 0;
    quint64 m_sync = 0;
    size_t m_taken = 0; ///< spans of the model
    size_t m_marks = 0;
    qint64 m_firstTime = 0;
    qint64 m_lastTime = 0;
};

} // namespace Fanfare
