// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

#include <random>

namespace Fanfare::Bench {

/// An engine that does not exist: tells a RunModel of tasks on many workers, with random lengths
/// and gaps and 0.02 % failures.
class TimelineLoad
{
public:
    TimelineLoad(RunModel &model, int lanes, quint32 seed = 1);

    /// \a spans more in batches as an engine sends them. Returns nanoseconds a span inside of
    /// RunModel::apply().
    double add(quint64 spans);

    /// One batch of \a spans that end before \a now, or as they come when it is 0.
    BatchFact batch(size_t spans, qint64 now = 0);

    qint64 time() const; ///< the latest end of a task

private:
    SpanRecord record(size_t lane, qint64 from);

    RunModel &m_model;
    std::mt19937_64 m_random;
    std::vector<qint64> m_ends; ///< by lane
    quint64 m_emission = 0;
    bool m_isFirst = true;
};

} // namespace Fanfare::Bench
