// SPDX-License-Identifier: MIT
#include "fanfare/ipc/crc32.h"

#include <QtEndian>

#include <array>

namespace Fanfare {

using Tables = std::array<std::array<quint32, 256>, 8>;

/// Eight tables, so that eight bytes are folded at a time ("slicing by 8").
static constexpr Tables makeTables()
{
    Tables tables{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (value & 1 ? 0xedb88320u : 0u);
        tables[0][i] = value;
    }
    for (size_t k = 1; k < tables.size(); ++k) {
        for (size_t i = 0; i < 256; ++i)
            tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 0xff];
    }
    return tables;
}

static constexpr Tables tables = makeTables();

static quint32 foldEight(const char *bytes, quint32 crc)
{
    const quint32 low = qFromLittleEndian<quint32>(bytes) ^ crc;
    const quint32 high = qFromLittleEndian<quint32>(bytes + 4);
    return tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff]
        ^ tables[4][low >> 24] ^ tables[3][high & 0xff] ^ tables[2][(high >> 8) & 0xff]
        ^ tables[1][(high >> 16) & 0xff] ^ tables[0][high >> 24];
}

quint32 crc32(QByteArrayView bytes, quint32 crc)
{
    crc = ~crc;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    for (; end - at >= 8; at += 8)
        crc = foldEight(at, crc);
    for (; at != end; ++at)
        crc = (crc >> 8) ^ tables[0][(crc ^ static_cast<quint8>(*at)) & 0xff];
    return ~crc;
}

} // namespace Fanfare
