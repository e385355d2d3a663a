// SPDX-License-Identifier: MIT
#include "fanfare/ipc/frame.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/crc32.h>

#include <QtEndian>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype checksumOffset = 24;
static constexpr qsizetype sequenceOffset = 28;

static quint32 checksum(const char *header, QByteArrayView payload)
{
    quint32 crc = crc32(QByteArrayView(header, checksumOffset));
    crc = crc32(QByteArrayView(header + sequenceOffset, frameHeaderSize - sequenceOffset), crc);
    return crc32(payload, crc);
}

void FrameWriter::append(quint16 type, const QByteArray &payload, quint64 number, quint16 flags)
{
    Q_ASSERT_X(payload.size() <= maximumPayload, "FrameWriter::append", "the payload is too big");
    char header[frameHeaderSize];
    qToLittleEndian(quint32(frameHeaderSize + payload.size()), header);
    qToLittleEndian(type, header + 4);
    qToLittleEndian(flags, header + 6);
    qToLittleEndian(number, header + 8);
    qToLittleEndian(MonotonicClock::now(), header + 16);
    qToLittleEndian(m_sequence++, header + sequenceOffset);
    qToLittleEndian(checksum(header, payload), header + checksumOffset);
    m_buffer.reserve(m_buffer.size() + frameHeaderSize + payload.size());
    m_buffer.append(header, frameHeaderSize);
    m_buffer.append(payload);
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
    m_position += length;
    return std::optional<Frame>({qFromLittleEndian<quint16>(header + 4),
                                 qFromLittleEndian<quint16>(header + 6),
                                 qFromLittleEndian<quint64>(header + 8),
                                 qFromLittleEndian<qint64>(header + 16), payload.toByteArray()});
}

/// Called only when more bytes are needed, so that a buffer of many small frames is moved once.
void FrameReader::dropConsumed()
{
    static constexpr qsizetype keptRoom = 4 * 1024 * 1024; // bytes
    if (m_position == m_buffer.size() && m_buffer.capacity() > keptRoom)
        m_buffer = {}; // one huge frame would hold its room for ever
    else
        m_buffer.remove(0, m_position);
    m_position = 0;
}

} // namespace Fanfare
