// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runchunks.h"
#include "desktop/models/runemissiontable.h"
#include "desktop/models/runmodel.h"

namespace Fanfare {

/// All finished tasks in order of arrival, found by their task in the time that an emission's
/// handlers take. 92 bytes a span, links included.
///
/// Threads: [gui].
class RunSpans
{
public:
    void append(const SpanEntry &span);
    void clear();

    size_t size() const { return m_spans.size(); }
    const SpanEntry &operator[](size_t index) const { return m_spans[index]; }

    std::optional<size_t> indexOf(TaskId task) const;       ///< nothing when it has not finished
    std::vector<TaskId> tasksOf(EmissionId emission) const; ///< newest first

private:
    RunChunks<SpanEntry> m_spans;
    RunChunks<quint32> m_previous;      ///< of the same emission: index + 1, 0 at the end
    RunEmissionTable<quint32> m_newest; ///< index + 1
};

} // namespace Fanfare
