// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/firstfit.h"
#include "desktop/models/runchunks.h"
#include "desktop/models/runemissiontable.h"
#include "desktop/models/spanentry.h"
#include "desktop/models/spanrow.h"

#include <deque>
#include <optional>
#include <unordered_map>

namespace Fanfare {

/// Where a finished span lies.
struct SpanPlace
{
    quint32 lane = 0;
    int row = 0;
    size_t position = 0; ///< in the row

    bool operator==(const SpanPlace &other) const = default;
};

/// The rows of one lane. They never move.
struct LaneRows
{
    std::deque<SpanColumns> rows;
    FirstFit fit;
};

/// All finished tasks: in rows of lanes, in which nothing overlaps, by order of arrival, and by
/// task. A task keeps the row in which it was seen running. Besides its columns a span costs 8
/// bytes to find it.
///
/// Threads: [gui].
class RunSpans
{
public:
    /// A span that comes: where it lies now, and what the window calls its handler and its lane.
    struct Arrival
    {
        const SpanRecord *record = nullptr; ///< of the caller
        qint64 started = 0;                 ///< as the record has it: sorting looks at nothing else
        quint32 handler = 0;
        quint32 lane = 0;
        bool isOdd = false; ///< as in SpanEntry
    };

    /// Adds what came at once, in the order of lane and start.
    void append(const std::vector<Arrival> &spans);
    void append(const std::vector<SpanEntry> &spans);
    void clear();

    /// What runs at \a time, by index of its lane. A running task has its row from the first call
    /// on that knows it; one that is missing without having finished loses it.
    struct Running
    {
        TaskId task;
        quint32 lane = 0;
        qint64 started = 0;
    };
    void setRunning(const std::vector<Running> &tasks, qint64 time);

    /// Forgets the oldest spans while rows take more than \a bytes.
    void trim(size_t bytes);

    size_t size() const { return m_previous.size(); } ///< all that ever came
    quint64 forgotten() const { return m_forgotten; }
    quint64 odd() const { return m_odd; }    ///< whose times contradicted each other
    size_t bytes() const { return m_bytes; } ///< of all rows

    const std::deque<LaneRows> &lanes() const { return m_lanes; } ///< by index; may be shorter
    SpanEntry at(const SpanPlace &place) const;
    std::optional<int> rowOf(TaskId running) const;

    /// Where the \a index-th span that came is; nothing when it is forgotten. Spans that came at
    /// once count in the order of lane and start.
    std::optional<SpanPlace> placeAt(size_t index) const;
    struct PlaceRun ///< spans that came one after another into one row
    {
        SpanPlace first;
        size_t count = 0;
    };
    /// From the \a index-th span on; count 0 when it is forgotten, or there is none.
    PlaceRun runAt(size_t index) const;
    std::optional<SpanPlace> placeOf(TaskId task) const;    ///< nothing when it has not finished
    std::vector<TaskId> tasksOf(EmissionId emission) const; ///< newest first

private:
    struct Reservation
    {
        quint32 lane = 0;
        int row = 0;
        quint64 turn = 0; ///< the last setRunning() that knew the task
    };
    struct ArrivalRun ///< spans that came one after another into one row
    {
        quint32 index = 0; ///< of the first
        quint32 lane = 0;
        quint32 row = 0;
        quint32 position = 0;
    };

    void putInOrder(const std::vector<Arrival> &spans);
    void appendOne(const Arrival &arrival);
    LaneRows &lane(quint32 index);
    SpanColumns &columns(LaneRows &rows, int row);
    SpanColumns &columns(quint32 lane, int row) { return columns(this->lane(lane), row); }
    const SpanColumns &columnsAt(const SpanPlace &place) const
    {
        return m_lanes[place.lane].rows[static_cast<size_t>(place.row)];
    }
    int rowFor(const RowSpan &span, quint32 index, LaneRows &rows);
    void noteArrival(quint32 lane, int row, size_t position);
    void forgetVanished(qint64 time);
    void forgetLookups();

    std::shared_ptr<SpanArena> m_arena = std::make_shared<SpanArena>(); ///< rows keep it, too
    std::deque<LaneRows> m_lanes;
    std::unordered_map<TaskId, Reservation> m_reservations; ///< of running tasks
    std::deque<ArrivalRun> m_arrivals;
    RunChunks<quint32> m_previous;      ///< of the same emission: index + 1, 0 at the end
    RunEmissionTable<quint32> m_newest; ///< index + 1
    std::vector<quint32> m_order;       ///< of what comes now; keeps its memory, as the one below
    std::vector<quint32> m_laneEnds;
    quint64 m_turn = 0;
    quint64 m_forgotten = 0;
    quint64 m_odd = 0;
    size_t m_bytes = 0;
};

} // namespace Fanfare
