// SPDX-License-Identifier: MIT
#include "fanfare/runs/runblock.h"

#include <fanfare/ipc/crc32.h>

#include <QIODevice>
#include <QtEndian>

#include <zstd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace RunFormat;

namespace {

struct Header
{
    quint32 stored = 0;
    quint32 raw = 0;
    quint16 kind = 0;
    quint16 version = 0;
    quint32 number = 0;
    quint32 crc = 0;
};

constexpr qsizetype checkedSize = 20; // of the header

} // namespace

static Header parseHeader(const QByteArray &bytes)
{
    const char *const data = bytes.constData();
    return {.stored = qFromLittleEndian<quint32>(data),
            .raw = qFromLittleEndian<quint32>(data + 4),
            .kind = qFromLittleEndian<quint16>(data + 8),
            .version = qFromLittleEndian<quint16>(data + 10),
            .number = qFromLittleEndian<quint32>(data + 12),
            .crc = qFromLittleEndian<quint32>(data + 20)};
}

/// \a payload by zstd at its fastest level; empty when that does not make it smaller.
static QByteArray packed(const QByteArray &payload)
{
    constexpr qsizetype worthIt = 128;
    if (payload.size() < worthIt)
        return {};
    QByteArray out(qsizetype(ZSTD_compressBound(size_t(payload.size()))), Qt::Uninitialized);
    const size_t size = ZSTD_compress(out.data(), size_t(out.size()), payload.constData(),
                                      size_t(payload.size()), 1);
    if (ZSTD_isError(size) != 0 || qsizetype(size) >= payload.size())
        return {};
    out.truncate(qsizetype(size));
    return out;
}

QByteArray RunFormat::block(RunBlockKind kind, quint32 number, const QByteArray &payload)
{
    Q_ASSERT(payload.size() <= maximumPayload);
    const QByteArray smaller = packed(payload);
    const QByteArray &stored = smaller.isEmpty() ? payload : smaller;
    QByteArray out(headerSize, '\0');
    qToLittleEndian(quint32(stored.size()), out.data());
    qToLittleEndian(quint32(payload.size()), out.data() + 4);
    qToLittleEndian(quint16(kind), out.data() + 8);
    qToLittleEndian(version, out.data() + 10);
    qToLittleEndian(number, out.data() + 12);
    const quint32 crc = crc32(stored, crc32(QByteArrayView(out).first(checkedSize)));
    qToLittleEndian(crc, out.data() + checkedSize);
    return out + stored;
}

QByteArray RunFormat::trailer(quint64 offset)
{
    QByteArray out(8, '\0');
    qToLittleEndian(offset, out.data());
    return out.append(endMagic, 8);
}

RunBlockReader::RunBlockReader(QIODevice &device)
    : m_device(device)
{
}

Error RunBlockReader::damage(const QString &what) const
{
    return {ErrorCode::Protocol,
            u"The run file is damaged at byte %1: %2"_s.arg(m_position).arg(what)};
}

static Result<QByteArray> unpacked(const QByteArray &stored, quint32 raw)
{
    if (quint32(stored.size()) == raw)
        return stored;
    QByteArray out(qsizetype(raw), Qt::Uninitialized);
    const size_t size =
        ZSTD_decompress(out.data(), out.size(), stored.constData(), size_t(stored.size()));
    if (ZSTD_isError(size) != 0 || size != raw)
        return Error{ErrorCode::Protocol, u"a block cannot be unpacked."_s};
    return out;
}

static bool isSane(const Header &header)
{
    return header.raw <= maximumPayload && header.stored <= header.raw
        && header.kind >= quint16(RunBlockKind::Info)
        && header.kind <= quint16(RunBlockKind::Unfinished);
}

Result<RunBlock> RunBlockReader::readBlock()
{
    const QByteArray bytes = m_device.read(headerSize);
    if (bytes.size() < headerSize)
        return damage(u"it ends in the middle of a block."_s);
    const Header header = parseHeader(bytes);
    if (!isSane(header))
        return damage(u"no block begins there."_s);
    const QByteArray stored = m_device.read(header.stored);
    if (stored.size() < qsizetype(header.stored))
        return damage(u"it ends in the middle of a block."_s);
    if (crc32(stored, crc32(QByteArrayView(bytes).first(checkedSize))) != header.crc)
        return damage(u"the checksum of a block is wrong."_s);
    if (header.version != version)
        return damage(u"a block has format %1, and this version reads 1."_s.arg(header.version));
    Result<QByteArray> payload = unpacked(stored, header.raw);
    if (!payload)
        return damage(payload.error().message);
    return RunBlock{RunBlockKind(header.kind), header.number, *std::move(payload)};
}

Result<std::optional<RunBlock>> RunBlockReader::next()
{
    if (m_position == 0) {
        m_device.seek(0);
        if (m_device.read(magicSize) != QByteArrayView(magic, magicSize))
            return Error{ErrorCode::Protocol, u"This is no run file of Fanfare."_s};
        m_position = magicSize;
    }
    m_device.seek(m_position);
    const qint64 rest = m_device.size() - m_position;
    if (rest == 0
        || (rest == trailerSize && m_device.peek(trailerSize).endsWith(QByteArray(endMagic, 8)))) {
        return std::optional<RunBlock>();
    }
    Result<RunBlock> block = readBlock();
    if (!block)
        return block.error();
    if (block->number != m_number)
        return damage(u"block %1 is missing."_s.arg(m_number));
    ++m_number;
    m_position = m_device.pos();
    return std::optional(*std::move(block));
}

std::optional<RunBlock> RunBlockReader::end()
{
    const qint64 size = m_device.size();
    if (size < magicSize + headerSize + trailerSize || !m_device.seek(size - trailerSize))
        return {};
    const QByteArray trailer = m_device.read(trailerSize);
    const auto offset = qFromLittleEndian<quint64>(trailer.constData());
    if (!trailer.endsWith(QByteArray(endMagic, 8)) || offset > quint64(size)
        || !m_device.seek(qint64(offset))) {
        return {};
    }
    Result<RunBlock> block = readBlock();
    if (!block || block->kind != RunBlockKind::End)
        return {};
    return *std::move(block);
}

} // namespace Fanfare
