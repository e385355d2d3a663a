// SPDX-License-Identifier: MIT
#include "support/proxystream.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace Fanfare::Test {

static constexpr qsizetype pieceSize = 64 * 1024;
static constexpr qsizetype mostWaiting = 4 * 1024 * 1024; // then the sender has to wait

ProxyStream::ProxyStream(int source, int target)
    : m_source(source)
    , m_target(target)
{
}

void ProxyStream::prepare(int descriptor)
{
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

void ProxyStream::work(Time now, std::chrono::nanoseconds delay)
{
    read(now, delay);
    write(now);
}

bool ProxyStream::wantsToRead() const
{
    return !m_hasEnded && m_waiting < mostWaiting;
}

ProxyStream::Time ProxyStream::nextDue() const
{
    return m_pieces.empty() ? Time::max() : m_pieces.front().due;
}

void ProxyStream::read(Time now, std::chrono::nanoseconds delay)
{
    while (wantsToRead()) {
        QByteArray bytes(pieceSize, Qt::Uninitialized);
        const ssize_t count = recv(m_source, bytes.data(), size_t(bytes.size()), 0);
        if (count < 0) {
            m_isBroken = m_isBroken || (errno != EAGAIN && errno != EINTR);
            return;
        }
        bytes.truncate(count);
        Time due = now + delay;
        if (!m_pieces.empty())
            due = std::max(due, m_pieces.back().due);
        m_pieces.push_back({due, bytes});
        m_waiting += count;
        m_hasEnded = count == 0;
    }
}

void ProxyStream::write(Time now)
{
    m_isStuck = false;
    while (!m_pieces.empty() && m_pieces.front().due <= now) {
        Piece &piece = m_pieces.front();
        if (piece.bytes.isEmpty())
            shutdown(m_target, SHUT_WR);
        const ssize_t count =
            send(m_target, piece.bytes.constData(), size_t(piece.bytes.size()), MSG_NOSIGNAL);
        if (count < 0) {
            m_isStuck = errno == EAGAIN;
            m_isBroken =
                m_isBroken || (errno != EAGAIN && errno != EINTR && !piece.bytes.isEmpty());
            if (!piece.bytes.isEmpty())
                return;
        }
        m_waiting -= std::max<ssize_t>(count, 0);
        piece.bytes.remove(0, std::max<ssize_t>(count, 0));
        if (piece.bytes.isEmpty())
            m_pieces.pop_front();
    }
}

} // namespace Fanfare::Test
