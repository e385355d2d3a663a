// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <bit>
#include <cstring>

namespace Fanfare {

/// Appends \a value in groups of seven bits, low ones first: 1 byte below 128, 10 at most.
inline void appendVarint(QByteArray &out, quint64 value)
{
    while (value >= 0x80) {
        out.append(char(value | 0x80));
        value >>= 7;
    }
    out.append(char(value));
}

/// A signed number as one that is small when its magnitude is: 0, -1, 1, -2 become 0, 1, 2, 3.
constexpr quint64 zigzag(qint64 value)
{
    return (quint64(value) << 1) ^ quint64(value >> 63);
}

constexpr qint64 unzigzag(quint64 value)
{
    return qint64(value >> 1) ^ -qint64(value & 1);
}

/// Reads what appendVarint() wrote. Once something does not fit it is broken and yields zeros.
///
/// Threads: [owner].
class VarintReader final
{
public:
    explicit VarintReader(QByteArrayView bytes) // borrowed
        : m_next(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }

    quint64 next()
    {
        if (m_next != m_end && static_cast<quint8>(*m_next) < 0x80) // nearly always
            return static_cast<quint8>(*m_next++);
        return nextLong();
    }

    /// Goes past \a count numbers without looking at them; they are left to the reader that is
    /// returned. With fewer there it is broken, and so is this.
    VarintReader skip(quint64 count)
    {
        VarintReader skipped(*this);
        while (count >= 8 && m_end - m_next >= 8) { // eight bytes end as many numbers at most
            quint64 bytes = 0;
            std::memcpy(&bytes, m_next, sizeof bytes);
            count -= quint64(std::popcount(~bytes & 0x8080808080808080U));
            m_next += 8;
        }
        for (; count > 0 && m_next != m_end; ++m_next)
            count -= static_cast<quint8>(*m_next) < 0x80 ? 1 : 0;
        m_isBroken = m_isBroken || count > 0;
        skipped.m_isBroken = m_isBroken;
        return skipped;
    }

    bool isBroken() const { return m_isBroken; }
    bool isAtEnd() const { return m_next == m_end; }

private:
    quint64 nextLong()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && m_next != m_end; shift += 7) {
            const auto byte = static_cast<quint8>(*m_next++);
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        m_isBroken = true;
        m_next = m_end;
        return 0;
    }

    const char *m_next;
    const char *m_end;
    bool m_isBroken = false;
};

} // namespace Fanfare
