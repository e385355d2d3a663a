// SPDX-License-Identifier: MIT
#include "fanfare/ipc/frame.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/crc32.h>

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype checksumOffset = 24;
static constexpr qsizetype sequenceOffset = 28;
static constexpr qsizetype largeFrame = 64 * 1024; // bytes; handed on instead of copied

static quint32 checksum(const char *header, QByteArrayView begin, QByteArrayView rest = {})
{
    quint32 crc = crc32(QByteArrayView(header, checksumOffset));
    crc = crc32(QByteArrayView(header + sequenceOffset, frameHeaderSize - sequenceOffset), crc);
    return crc32(rest, crc32(begin, crc));
}

void FrameWriter::append(quint16 type, quint64 number, quint16 flags, QByteArrayView begin,
                         QByteArrayView rest)
{
    const qsizetype length = frameHeaderSize + begin.size() + rest.size();
    Q_ASSERT_X(length - frameHeaderSize <= maximumPayload, "FrameWriter::append",
               "the payload is too big");
    char header[frameHeaderSize];
    qToLittleEndian(quint32(length), header);
    qToLittleEndian(type, header + 4);
    qToLittleEndian(flags, header + 6);
    qToLittleEndian(number, header + 8);
    qToLittleEndian(MonotonicClock::now(), header + 16);
    qToLittleEndian(m_sequence++, header + sequenceOffset);
    qToLittleEndian(checksum(header, begin, rest), header + checksumOffset);
    if (m_buffer.capacity() < m_buffer.size() + length)
        m_buffer.reserve(std::max(m_buffer.size() + length, 2 * m_buffer.capacity()));
    m_buffer.append(header, frameHeaderSize);
    m_buffer.append(begin);
    m_buffer.append(rest);
}

void FrameWriter::append(quint16 type, QByteArrayView payload, quint64 number, quint16 flags)
{
    append(type, number, flags, payload, {});
}

void FrameWriter::append(quint16 type, QByteArrayView begin, QByteArrayView rest)
{
    while (begin.size() + rest.size() > maximumPayload) {
        const qsizetype part = maximumPayload - begin.size();
        append(type, 0, UnfinishedFrame, begin, rest.first(part));
        begin = {};
        rest = rest.sliced(part);
    }
    append(type, 0, NoFrameFlag, begin, rest);
}

char *FrameReader::makeRoom(qsizetype usual)
{
    m_filled = m_buffer.size();
    const qsizetype available = m_filled - m_position;
    qsizetype wanted = usual;
    if (available >= 4) {
        const auto length =
            qsizetype(qFromLittleEndian<quint32>(m_buffer.constData() + m_position));
        if (length >= largeFrame && length - frameHeaderSize <= m_payloadLimit)
            wanted = std::max<qsizetype>(1, length - available);
    }
    m_buffer.resize(m_filled + wanted);
    return m_buffer.data() + m_filled;
}

void FrameReader::fillRoom(qsizetype count)
{
    m_buffer.truncate(m_filled + count);
}

Error FrameReader::broken(const QString &message)
{
    m_broken = message;
    m_buffer.clear();
    m_position = 0;
    return {ErrorCode::Protocol, message};
}

Result<std::optional<Frame>> FrameReader::next()
{
    if (!m_broken.isEmpty())
        return Error{ErrorCode::Protocol, m_broken};
    const qsizetype available = m_buffer.size() - m_position;
    const char *const header = m_buffer.constData() + m_position;
    if (available < 4) {
        dropConsumed();
        return std::optional<Frame>();
    }
    const qsizetype length = qsizetype(qFromLittleEndian<quint32>(header));
    if (length < frameHeaderSize || length - frameHeaderSize > m_payloadLimit)
        return broken(u"a frame claims a length of %1 bytes"_s.arg(length));
    if (available < length) {
        dropConsumed();
        return std::optional<Frame>();
    }
    const QByteArrayView payload(header + frameHeaderSize, length - frameHeaderSize);
    if (checksum(header, payload) != qFromLittleEndian<quint32>(header + checksumOffset))
        return broken(u"frame %1 has a wrong checksum"_s.arg(m_sequence));
    const quint32 sequence = qFromLittleEndian<quint32>(header + sequenceOffset);
    if (sequence != m_sequence)
        return broken(u"frame %1 came where %2 was due"_s.arg(sequence).arg(m_sequence));
    ++m_sequence;
    Frame frame{qFromLittleEndian<quint16>(header + 4),
                qFromLittleEndian<quint16>(header + 6),
                qFromLittleEndian<quint64>(header + 8),
                qFromLittleEndian<qint64>(header + 16),
                {}};
    if (length >= largeFrame && m_position == 0 && m_buffer.size() == length) {
        frame.payload = std::exchange(m_buffer, {});
        frame.payload.remove(0, frameHeaderSize); // moves nothing
    } else {
        frame.payload = payload.toByteArray();
        m_position += length;
    }
    return std::optional<Frame>(std::move(frame));
}

/// Called only when more bytes are needed, so that a buffer of many small frames is moved once.
void FrameReader::dropConsumed()
{
    static constexpr qsizetype keptRoom = 4 * 1024 * 1024; // bytes
    const qsizetype rest = m_buffer.size() - m_position;
    if (m_buffer.capacity() > keptRoom && rest < keptRoom) {
        // One huge frame would hold its room for ever.
        m_buffer = QByteArray(m_buffer.constData() + m_position, rest);
    } else {
        if (m_position > 0 && rest > 0)
            std::memmove(m_buffer.data(), m_buffer.constData() + m_position, size_t(rest));
        m_buffer.resize(rest);
    }
    m_position = 0;
}

} // namespace Fanfare
