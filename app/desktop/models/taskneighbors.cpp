// SPDX-License-Identifier: MIT
#include "taskneighbors.h"

#include "runspans.h"

namespace Fanfare {

static TaskNeighbor neighborAt(const RunModel &run, const SpanRow &row, size_t position)
{
    return {row.task(position), run.handler(row.handler(position)).handler, 0};
}

TaskNeighbors neighborsOf(const RunModel &run, TaskId task)
{
    const std::optional<SpanPlace> place = run.spans().placeOf(task);
    if (!place)
        return {};
    const SpanRow row(run.spans().lanes()[place->lane].rows[size_t(place->row)]);
    TaskNeighbors neighbors;
    if (place->position > row.first()) {
        neighbors.previous = neighborAt(run, row, place->position - 1);
        neighbors.previous->gap = row.started(place->position) - row.finished(place->position - 1);
    }
    if (place->position + 1 < row.size()) {
        neighbors.next = neighborAt(run, row, place->position + 1);
        neighbors.next->gap = row.started(place->position + 1) - row.finished(place->position);
    }
    return neighbors;
}

} // namespace Fanfare
