// SPDX-License-Identifier: MIT
#include "fanfare/ipc/payloaddevice.h"

#include "fanfare/ipc/taskrecords.h"

#include <cstring>

namespace Fanfare {

PayloadDevice::PayloadDevice(PayloadWriter *payloads, qsizetype limit)
    : m_payloads(payloads)
    , m_limit(limit)
{
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

qint64 PayloadDevice::writeData(const char *bytes, qint64 size)
{
    const qsizetype before = m_size;
    m_size += size;
    ++m_pieces;
    if (isTooLarge())
        return size;
    if (makeRoom(m_size, before))
        std::memcpy(m_room.data() + before, bytes, size_t(size));
    else
        m_bytes.append(bytes, size);
    return size;
}

/// True when the shared room has \a size bytes, for what is \a there and what comes.
bool PayloadDevice::makeRoom(qsizetype size, qsizetype there)
{
    if (size <= qsizetype(m_room.size()))
        return true;
    if (!m_payloads || size < largeRecord)
        return false;
    const std::span<char> former = m_room;
    m_room = m_payloads->begin(former.empty() ? size : 2 * size);
    const bool isEnough = size <= qsizetype(m_room.size());
    if (isEnough) {
        // The former room is as free as the new one, and may lie in it.
        std::memmove(m_room.data(), former.empty() ? m_bytes.constData() : former.data(),
                     size_t(there));
        m_bytes.clear();
    } else {
        m_bytes = former.empty() ? m_bytes : QByteArray(former.data(), there);
        m_room = {};
    }
    return isEnough;
}

std::optional<PayloadPlace> PayloadDevice::finish()
{
    if (m_room.empty())
        return {};
    return m_payloads->finish(m_size);
}

} // namespace Fanfare
