// SPDX-License-Identifier: MIT
#pragma once

#include "bareconnection.h"

#include <thread>
#include <vector>

namespace Fanfare::Bench {

/// A producer and workers on a broker, written against the client library alone, with the
/// durability of the cluster: tasks in a quorum queue, confirmed to the producer; a worker
/// publishes a persistent result, and acknowledges the task when that is confirmed. Its work is to
/// send the body back.
///
/// Threads: one at a time; each worker has one of its own.
class BareCluster final
{
public:
    BareCluster(const BareBroker &broker, int workers, quint16 prefetch);
    ~BareCluster();

    /// Seconds for \a count tasks of \a size bytes, until all results are there; \a window of them
    /// are on their way at most.
    double secondsFor(quint64 count, qsizetype size, quint64 window);

    /// Microseconds of \a count single tasks of \a size bytes, one after the other.
    std::vector<double> roundTrips(quint64 count, qsizetype size);

private:
    void takeOne();

    BareConnection m_connection;
    quint64 m_published = 0;
    quint64 m_confirmed = 0;
    quint64 m_finished = 0;
    std::vector<std::jthread> m_workers;
};

} // namespace Fanfare::Bench
