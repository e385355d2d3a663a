// SPDX-License-Identifier: MIT
#include "fanfare/ipc/crc32.h"

#include <QtEndian>

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/// Continues with the register \a crc, which is inverted at neither end.
static quint32 foldAll(const char *at, const char *end, quint32 crc)
{
    for (; end - at >= 8; at += 8)
        crc = foldEight(at, crc);
    for (; at != end; ++at)
        crc = (crc >> 8) ^ tables[0][(crc ^ static_cast<quint8>(*at)) & 0xff];
    return crc;
}

#if defined(__x86_64__)

static constexpr qsizetype blockSize = 64;

static bool canMultiply()
{
    static const bool can = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
    return can;
}

/// The 128 bits of \a part moved by as many bits as \a shift stands for: two powers of x modulo
/// the polynomial, one for each half.
__attribute__((target("pclmul"))) static __m128i moved(__m128i part, __m128i shift)
{
    return _mm_xor_si128(_mm_clmulepi64_si128(part, shift, 0x00),
                         _mm_clmulepi64_si128(part, shift, 0x11));
}

static __m128i load(const char *at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}

/// The same for a whole number of blocks, ten times as fast: with carry-less multiplication 512
/// bits are folded into the next 512, until 128 are left whose checksum is the one of all. After
/// Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", 2009;
/// the numbers are x^(512+32), x^(512-32), x^(128+32) and x^(128-32) modulo the polynomial, with
/// their bits reversed.
__attribute__((target("pclmul"))) static quint32 foldBlocks(const char *at, const char *end,
                                                            quint32 crc)
{
    const __m128i by512 = _mm_set_epi64x(0x01c6e41596, 0x0154442bd4);
    const __m128i by128 = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
    __m128i parts[4] = {load(at), load(at + 16), load(at + 32), load(at + 48)};
    parts[0] = _mm_xor_si128(parts[0], _mm_cvtsi32_si128(int(crc)));
    for (at += blockSize; at != end; at += blockSize) {
        for (int i = 0; i < 4; ++i)
            parts[i] = _mm_xor_si128(moved(parts[i], by512), load(at + 16 * i));
    }
    for (int i = 1; i < 4; ++i)
        parts[i] = _mm_xor_si128(moved(parts[i - 1], by128), parts[i]);
    char rest[16];
    _mm_storeu_si128(reinterpret_cast<__m128i *>(rest), parts[3]);
    return foldAll(rest, rest + sizeof rest, 0);
}

#endif

quint32 crc32(QByteArrayView bytes, quint32 crc)
{
    crc = ~crc;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
#if defined(__x86_64__)
    if (bytes.size() >= 2 * blockSize && canMultiply()) {
        const char *const blocksEnd = at + bytes.size() / blockSize * blockSize;
        crc = foldBlocks(at, blocksEnd, crc);
        at = blocksEnd;
    }
#endif
    return ~foldAll(at, end, crc);
}

} // namespace Fanfare
