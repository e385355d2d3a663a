// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <chrono>
#include <deque>

namespace Fanfare::Test {

/// One direction of a connection through a TcpProxy: reads from one socket, waits, writes to the
/// other. Borrows both. Threads: one at a time.
class ProxyStream final
{
public:
    using Time = std::chrono::steady_clock::time_point;

    ProxyStream(int source, int target);

    static void prepare(int descriptor); ///< neither blocks nor collects small pieces

    int source() const { return m_source; }
    int target() const { return m_target; }

    /// Reads what there is, to be written \a delay later, and writes what is due.
    void work(Time now, std::chrono::nanoseconds delay);

    bool wantsToRead() const;
    bool isStuck() const { return m_isStuck; } ///< the target takes no more
    bool isBroken() const { return m_isBroken; }
    bool isDone() const { return m_hasEnded && m_pieces.empty(); }
    Time nextDue() const; ///< far away when nothing waits

private:
    struct Piece
    {
        Time due;
        QByteArray bytes; ///< empty: the end
    };

    void read(Time now, std::chrono::nanoseconds delay);
    void write(Time now);

    int m_source;
    int m_target;
    std::deque<Piece> m_pieces;
    qsizetype m_waiting = 0; ///< bytes in m_pieces
    bool m_hasEnded = false;
    bool m_isStuck = false;
    bool m_isBroken = false;
};

} // namespace Fanfare::Test
