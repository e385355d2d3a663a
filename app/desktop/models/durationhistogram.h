// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <bit>

namespace Fanfare {

/// Counts durations by size, each power of two in 64 steps: quantiles are off by less than 1 %, in
/// 16 KiB, whatever the number of durations.
class DurationHistogram
{
public:
    /// \a nanoseconds below 1 count as 1.
    void add(qint64 nanoseconds)
    {
        ++m_counts[indexOf(nanoseconds)];
        ++m_count;
    }

    static constexpr size_t most = 64; ///< durations that are added at once

    /// The same for the first \a count of \a nanoseconds, whose others are not used: quicker.
    void add(const std::array<qint64, most> &nanoseconds, size_t count)
    {
        std::array<quint32, most> indexes;
        quint64 bits = 0;
        for (const qint64 value : nanoseconds)
            bits |= static_cast<quint64>(value);
        if (bits >> 31 == 0) { // no one is longer than two seconds: four at once
            for (size_t i = 0; i < most; ++i)
                indexes[i] = indexOf(static_cast<qint32>(nanoseconds[i]));
        } else {
            for (size_t i = 0; i < most; ++i)
                indexes[i] = static_cast<quint32>(indexOf(nanoseconds[i]));
        }
        for (size_t i = 0; i < count; ++i)
            ++m_counts[indexes[i]];
        m_count += count;
    }

    /// Adds what \a other has counted.
    void add(const DurationHistogram &other)
    {
        for (size_t i = 0; i < m_counts.size(); ++i)
            m_counts[i] += other.m_counts[i];
        m_count += other.m_count;
    }

    quint64 count() const { return m_count; }

    /// The duration that \a fraction (0..1) of all do not exceed; 0 without any.
    qint64 quantile(double fraction) const
    {
        if (m_count == 0)
            return 0;
        const auto wanted =
            static_cast<quint64>(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(m_count - 1));
        quint64 seen = 0;
        for (size_t i = 0; i < m_counts.size(); ++i) {
            seen += m_counts[i];
            if (seen > wanted)
                return middleOf(i);
        }
        return middleOf(m_counts.size() - 1);
    }

private:
    // A float is a power of two and a fraction: its upper bits are the step.
    static constexpr int stepBits = 6;
    static constexpr int shift = 23 - stepBits;
    static constexpr quint32 first = quint32(127) << stepBits; ///< of 1 ns

    static quint32 indexOf(qint32 nanoseconds)
    {
        const auto value = static_cast<float>(std::max(nanoseconds, 1));
        return (std::bit_cast<quint32>(value) >> shift) - first;
    }

    static size_t indexOf(qint64 nanoseconds)
    {
        constexpr qint64 most = qint64(1) << 62;
        const auto value = static_cast<float>(std::clamp<qint64>(nanoseconds, 1, most));
        return (std::bit_cast<quint32>(value) >> shift) - first;
    }

    static qint64 middleOf(size_t index)
    {
        const auto bits = (static_cast<quint32>(index) + first) << shift;
        const auto middle = bits + (quint32(1) << (shift - 1));
        return static_cast<qint64>(index < 64 ? std::bit_cast<float>(bits)
                                              : std::bit_cast<float>(middle));
    }

    std::array<quint32, size_t(64) << stepBits> m_counts{};
    quint64 m_count = 0;
};

} // namespace Fanfare
