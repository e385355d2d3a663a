// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timeaxis.h"

namespace Fanfare {

/// How much went on in a part of time.
struct LoadSum
{
    double running = 0; ///< ns of all tasks on workers together
    double looping = 0; ///< likewise, of coroutines, which occupy no worker
    double waiting = 0; ///< likewise, of all tasks before they started
    quint64 failures = 0;
};

/// A finished task; queued <= started <= finished, in ns above 0.
struct LoadTask
{
    qint64 queued = 0;
    qint64 started = 0;
    qint64 finished = 0;
    bool isOnLoop = false;
    bool isFailure = false;
};

/// How many tasks ran and waited at any time of a run, and what failed when: sums over buckets of
/// equal length. When the run outgrows them, neighbors are joined, so that the memory stays (2 MiB)
/// and adding a task costs the same however long it took and however many there are.
///
/// Sums over whole buckets are exact to the nanosecond; inside of a bucket they are spread evenly.
///
/// Threads: [gui].
class LoadCurve
{
public:
    static constexpr size_t mostBuckets = 32'768;

    void add(const LoadTask &task);
    void clear() { *this = LoadCurve(); }

    /// What went on in each of \a width columns of \a axis. O(buckets + width).
    std::vector<LoadSum> columns(const TimeAxis &axis, int width) const;

    qint64 bucketLength() const { return m_length; } ///< ns
    qint64 origin() const { return m_origin; }       ///< start of the first bucket
    bool isEmpty() const { return m_buckets.empty(); }

private:
    /// Time inside of a bucket, and by how many the tasks that cover all of it grow from here on.
    struct Series
    {
        qint64 part = 0;
        qint64 covering = 0;
    };
    struct Bucket
    {
        Series running;
        Series looping;
        Series waiting;
        quint64 failures = 0;
    };

    class Totals;

    void makeRoom(qint64 from, qint64 to);
    void extendLeft(qint64 time);
    void joinNeighbors();
    void addTime(Series Bucket::*series, qint64 from, qint64 to);
    size_t indexOf(qint64 time) const { return static_cast<size_t>((time - m_origin) / m_length); }

    std::vector<Bucket> m_buckets;
    qint64 m_origin = 0;
    qint64 m_length = 1'000;
};

} // namespace Fanfare
