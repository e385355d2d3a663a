// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace Fanfare {

/// The CRC-32 of ISO 3309 (polynomial 0x04c11db7 reflected, as in zlib and Ethernet) over \a bytes,
/// continuing from \a crc, which is 0 at the beginning. About 1 ns per byte pair. [any]
quint32 crc32(QByteArrayView bytes, quint32 crc = 0);

} // namespace Fanfare
