// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QByteArray>

#include <optional>

class QIODevice;

namespace Fanfare {

/// What a block of a run file holds.
enum class RunBlockKind : quint16 {
    Info = 1,   ///< what was run where: RunInfo, a CBOR map
    Names,      ///< what the numbers in spans mean: RunNames, a CBOR map; a later one replaces it
    Facts,      ///< all of a TraceBatch but spans: a payload of TraceEncoder
    Spans,      ///< spans in columns, see SpanCoding
    End,        ///< RunIndex, a CBOR map; the run was ended in order
    Unfinished, ///< what was open then, see UnfinishedTasks; a later one replaces it
};

/// A run file is a sequence of blocks, each written at once and never changed: what a process that
/// dies leaves behind is a file with a torn last block. It begins with the eight bytes "FFRUN\r\n"
/// and 0x1a, which show what a transfer as text did to it. A block is a header of 24 bytes, all
/// little endian, and a payload:
///
/// | offset | type | |
/// |---|---|---|
/// | 0 | u32 | bytes of the payload in the file |
/// | 4 | u32 | bytes of the payload once unpacked; above the first: packed by zstd, else equal |
/// | 8 | u16 | RunBlockKind |
/// | 10 | u16 | version of the format, 1 |
/// | 12 | u32 | number of the block, from 0 |
/// | 16 | u32 | 0, of later use |
/// | 20 | u32 | CRC-32 of the 20 bytes before and of the payload in the file |
///
/// A file that was ended in order is followed by 16 bytes: the offset of the End block (u64) and
/// "FFRUNEND", so that a list of runs reads one block of each.
struct RunBlock
{
    RunBlockKind kind{};
    quint32 number = 0;
    QByteArray payload; ///< unpacked
};

namespace RunFormat {

constexpr char magic[] = "FFRUN\r\n\x1a";
constexpr char endMagic[] = "FFRUNEND";
constexpr qsizetype magicSize = 8;
constexpr qsizetype headerSize = 24;
constexpr qsizetype trailerSize = 16;
constexpr quint16 version = 1;
constexpr qsizetype maximumPayload = 32 * 1024 * 1024; ///< unpacked, in bytes

/// \a payload as it stands in a file, packed when that makes it smaller. At most maximumPayload.
QByteArray block(RunBlockKind kind, quint32 number, const QByteArray &payload);

/// The last 16 bytes of a file whose End block is at \a offset.
QByteArray trailer(quint64 offset);

} // namespace RunFormat

/// Takes a run file apart, block by block, and stops at the first byte that is wrong.
///
/// Threads: [owner].
class RunBlockReader final
{
public:
    explicit RunBlockReader(QIODevice &device); ///< borrowed, open for reading, seekable

    /// The next block, or nothing at the end of the file. Error: Protocol, with what is wrong and
    /// where; after it there is no next one. Never takes more than maximumPayload and its packed
    /// form, whatever the file says.
    Result<std::optional<RunBlock>> next();

    /// The End block, found by the trailer without reading what is before it; nothing when the file
    /// was not ended in order. next() goes on where it was.
    std::optional<RunBlock> end();

    /// Where the next block begins, in bytes: after an error, where the damage begins.
    qint64 position() const { return m_position; }

private:
    Error damage(const QString &what) const;
    Result<RunBlock> readBlock();

    QIODevice &m_device;
    qint64 m_position = 0;
    quint32 m_number = 0;
};

} // namespace Fanfare
