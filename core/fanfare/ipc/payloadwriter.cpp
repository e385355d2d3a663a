// SPDX-License-Identifier: MIT
#include "fanfare/ipc/payloadwriter.h"

#include <cstring>

namespace Fanfare {

/// Whole pages, so that a reader can give them back to the system.
static qsizetype pagesOf(qsizetype size)
{
    return (size + payloadPage - 1) / payloadPage * payloadPage;
}

std::optional<PayloadPlace> PayloadWriter::add(QByteArrayView payload)
{
    const std::span<char> room = begin(payload.size());
    if (qsizetype(room.size()) < payload.size())
        return {};
    std::memcpy(room.data(), payload.data(), size_t(payload.size()));
    return finish(payload.size());
}

std::span<char> PayloadWriter::begin(qsizetype size)
{
    forgetReleased();
    const std::span<char> first = firstRoom();
    const std::span<char> room = qsizetype(first.size()) >= size ? first : roomBehind();
    m_begun = room.data() - m_room.data();
    return room;
}

PayloadPlace PayloadWriter::finish(qsizetype size)
{
    m_blocks.push_back({m_begun, m_begun + pagesOf(size)});
    return {m_begun, size};
}

/// A reader that counts wrongly harms only itself.
void PayloadWriter::forgetReleased()
{
    const quint64 released = m_released.load(std::memory_order_acquire);
    while (m_forgotten < released && !m_blocks.empty()) {
        m_blocks.pop_front();
        ++m_forgotten;
    }
}

// Blocks follow each other around the room.

/// From the beginning to the oldest block, unless newer ones lie there.
std::span<char> PayloadWriter::firstRoom() const
{
    if (m_blocks.empty())
        return m_room;
    const bool isAround = m_blocks.back().begin < m_blocks.front().begin;
    return isAround ? std::span<char>() : m_room.first(size_t(m_blocks.front().begin));
}

/// From the newest block to the oldest one, or to the end.
std::span<char> PayloadWriter::roomBehind() const
{
    if (m_blocks.empty())
        return m_room;
    const Block &newest = m_blocks.back();
    const bool isAround = newest.begin < m_blocks.front().begin;
    const qsizetype end = isAround ? m_blocks.front().begin : qsizetype(m_room.size());
    return m_room.subspan(size_t(newest.end), size_t(end - newest.end));
}

} // namespace Fanfare
