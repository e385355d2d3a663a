// SPDX-License-Identifier: MIT
#include "desktop/timeline/loadcurve.h"

#include <algorithm>
#include <utility>

namespace Fanfare {

/// Walks over the buckets and sums up what covers them.
class LoadCurve::Totals
{
public:
    struct Times
    {
        qint64 running = 0;
        qint64 looping = 0;
        qint64 waiting = 0;
    };

    explicit Totals(const LoadCurve &curve)
        : m_curve(curve)
    {
    }

    Times next()
    {
        const Bucket &bucket = m_curve.m_buckets[m_index++];
        m_covering.running += bucket.running.covering;
        m_covering.looping += bucket.looping.covering;
        m_covering.waiting += bucket.waiting.covering;
        const qint64 length = m_curve.m_length;
        return {bucket.running.part + m_covering.running * length,
                bucket.looping.part + m_covering.looping * length,
                bucket.waiting.part + m_covering.waiting * length};
    }

private:
    const LoadCurve &m_curve;
    Times m_covering;
    size_t m_index = 0;
};

void LoadCurve::add(const LoadTask &task)
{
    makeRoom(task.queued, task.finished);
    addTime(&Bucket::waiting, task.queued, task.started);
    addTime(task.isOnLoop ? &Bucket::looping : &Bucket::running, task.started, task.finished);
    m_buckets[indexOf(task.started)].failures += task.isFailure ? 1 : 0;
}

void LoadCurve::makeRoom(qint64 from, qint64 to)
{
    if (m_buckets.empty())
        m_origin = from;
    if (from < m_origin)
        extendLeft(from);
    while (indexOf(to) >= mostBuckets)
        joinNeighbors();
    if (indexOf(to) >= m_buckets.size())
        m_buckets.resize(indexOf(to) + 1);
}

/// Tasks of another worker may have started earlier than all that were known.
void LoadCurve::extendLeft(qint64 time)
{
    const auto missing = [&] { return static_cast<size_t>((m_origin - time - 1) / m_length + 1); };
    while (m_buckets.size() + missing() > mostBuckets)
        joinNeighbors();
    const size_t count = missing();
    m_buckets.insert(m_buckets.begin(), count, Bucket());
    m_origin -= static_cast<qint64>(count) * m_length;
}

void LoadCurve::joinNeighbors()
{
    Totals totals(*this);
    std::vector<Bucket> joined((m_buckets.size() + 1) / 2);
    for (size_t i = 0; i < m_buckets.size(); ++i) {
        const Totals::Times times = totals.next();
        joined[i / 2].running.part += times.running;
        joined[i / 2].looping.part += times.looping;
        joined[i / 2].waiting.part += times.waiting;
        joined[i / 2].failures += m_buckets[i].failures;
    }
    m_buckets.swap(joined);
    m_length *= 2;
}

void LoadCurve::addTime(Series Bucket::*series, qint64 from, qint64 to)
{
    const size_t first = indexOf(from);
    const size_t last = indexOf(to);
    if (first == last) {
        (m_buckets[first].*series).part += to - from;
        return;
    }
    const auto startOf = [this](size_t index) {
        return m_origin + static_cast<qint64>(index) * m_length;
    };
    (m_buckets[first].*series).part += startOf(first + 1) - from;
    (m_buckets[first + 1].*series).covering += 1;
    (m_buckets[last].*series).covering -= 1;
    (m_buckets[last].*series).part += to - startOf(last);
}

std::vector<LoadSum> LoadCurve::columns(const TimeAxis &axis, int width) const
{
    std::vector<LoadSum> columns(static_cast<size_t>(std::max(0, width)));
    if (columns.empty() || m_buckets.empty())
        return columns;
    const auto indexAt = [&](qint64 time) {
        return static_cast<size_t>(std::max<qint64>(0, time - m_origin) / m_length);
    };
    const size_t begin = indexAt(axis.timeAt(0));
    const size_t end = std::min(m_buckets.size(), indexAt(axis.timeAt(width)) + 1);
    Totals totals(*this);
    for (size_t i = 0; i < std::min(begin, end); ++i)
        totals.next(); // what covers the view may have begun left of it
    const auto edge = [&](size_t i) {
        return axis.xOf(m_origin + static_cast<qint64>(i) * m_length);
    };
    double right = edge(begin);
    for (size_t i = begin; i < end; ++i) {
        const Totals::Times times = totals.next();
        const double left = std::exchange(right, edge(i + 1));
        if (right <= 0 || left >= width)
            continue; // by rounding
        const int first = std::max(0, static_cast<int>(std::floor(left)));
        const int last = std::min(width, static_cast<int>(std::ceil(right)));
        for (int x = first; x < last; ++x) {
            const double inside = std::min(right, x + 1.0) - std::max<double>(left, x);
            const double share = left >= x && right <= x + 1.0 ? 1 : inside / (right - left);
            LoadSum &column = columns[static_cast<size_t>(x)];
            column.running += static_cast<double>(times.running) * share;
            column.looping += static_cast<double>(times.looping) * share;
            column.waiting += static_cast<double>(times.waiting) * share;
        }
        columns[static_cast<size_t>(first)].failures += m_buckets[i].failures;
    }
    return columns;
}

} // namespace Fanfare
