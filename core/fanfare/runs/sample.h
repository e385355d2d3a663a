// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace Fanfare {

/// Measured values of one kind, such as the run times of a handler in nanoseconds, in ascending
/// order. What is asked of it costs no more than a look, unless it says so.
///
/// Threads: [any], as it never changes.
class Sample final
{
public:
    Sample() = default;
    explicit Sample(std::vector<qint64> values); ///< in any order; O(n log n)

    std::span<const qint64> values() const { return m_values; }
    size_t size() const { return m_values.size(); }
    bool isEmpty() const { return m_values.empty(); }

    /// By nearest rank: the smallest value that at least the share \a p of all do not exceed, so it
    /// is always one that was measured. \a p is from 0 to 1; 0 when empty.
    qint64 quantile(double p) const;

    qint64 minimum() const; ///< 0 when empty
    qint64 maximum() const; ///< 0 when empty
    double mean() const { return m_mean; }

    /// The share of values that are at most \a value, from 0 to 1. O(log n).
    double shareUpTo(qint64 value) const;

    /// Whether a logarithmic axis shows it better: values above zero that differ by more than
    /// fifty times and pull the mean beyond twice the median.
    bool isSkewed() const;

private:
    std::vector<qint64> m_values;
    double m_mean = 0;
};

} // namespace Fanfare
