// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

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

    bool isBroken() const { return m_isBroken; }
    bool isAtEnd() const { return m_next == m_end; }

private:
    const char *m_next;
    const char *m_end;
    bool m_isBroken = false;
};

} // namespace Fanfare
