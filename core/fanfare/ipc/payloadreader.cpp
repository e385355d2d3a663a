// SPDX-License-Identifier: MIT
#include "fanfare/ipc/payloadreader.h"

#include <algorithm>
#include <sys/mman.h>

namespace Fanfare {

std::optional<QByteArrayView> PayloadReader::at(const PayloadPlace &place) const
{
    const auto all = qsizetype(m_room.size());
    if (place.begin < 0 || place.size < 0 || place.begin > all || place.size > all - place.begin
        || place.begin % payloadPage != 0)
        return {};
    return QByteArrayView(m_room.data() + place.begin, place.size);
}

void PayloadReader::release(const PayloadPlace &place)
{
    const qsizetype begin = std::max(place.begin, keptRoom);
    if (const qsizetype size = place.begin + place.size - begin; size > 0)
        madvise(m_room.data() + begin, size_t(size), MADV_REMOVE);
    m_released.fetch_add(1, std::memory_order_release);
}

} // namespace Fanfare
