// SPDX-License-Identifier: MIT
#include "fanfare/cluster/envelopereader.h"

#include <fanfare/ipc/cborbytes.h>

#include <QtEndian>

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Passes over one value. Tags are items of their own to the reader.
static bool passOver(QCborStreamReader &reader)
{
    while (reader.isTag()) {
        if (!reader.next())
            return false;
    }
    return reader.next(maximumEnvelopeDepth);
}

EnvelopeReader::EnvelopeReader(const QByteArray &bytes)
    : m_reader(bytes)
    , m_size(bytes.size())
    , m_isBroken(bytes.size() > maximumMessage)
{
}

bool EnvelopeReader::expect(bool isRight)
{
    if (!isRight || m_reader.lastError() != QCborError::NoError)
        m_isBroken = true;
    return !m_isBroken;
}

void EnvelopeReader::enter()
{
    if (expect(!m_isBroken && m_reader.isMap() && m_reader.containerDepth() < maximumEnvelopeDepth))
        expect(m_reader.enterContainer());
}

bool EnvelopeReader::nextKey()
{
    if (m_isBroken)
        return false;
    if (!m_reader.hasNext()) {
        expect(m_reader.leaveContainer());
        return false;
    }
    m_key = number();
    return !m_isBroken;
}

void EnvelopeReader::enterList()
{
    if (expect(!m_isBroken && m_reader.isArray()
               && m_reader.containerDepth() < maximumEnvelopeDepth))
        expect(m_reader.enterContainer());
}

bool EnvelopeReader::nextItem()
{
    if (m_isBroken)
        return false;
    if (m_reader.hasNext())
        return true;
    expect(m_reader.leaveContainer());
    return false;
}

quint64 EnvelopeReader::number(quint64 maximum)
{
    if (!expect(!m_isBroken && m_reader.isUnsignedInteger()))
        return 0;
    const quint64 value = m_reader.toUnsignedInteger();
    m_reader.next();
    return expect(value <= maximum) ? value : 0;
}

qint64 EnvelopeReader::integer()
{
    // A negative one beyond 64 bits would not be what it says.
    if (!expect(!m_isBroken && m_reader.isInteger()))
        return 0;
    const bool isNegative = m_reader.isNegativeInteger();
    const qint64 value = m_reader.toInteger();
    m_reader.next();
    return expect(isNegative == (value < 0)) ? value : 0;
}

double EnvelopeReader::real()
{
    if (!expect(!m_isBroken && m_reader.isDouble()))
        return 0;
    const double value = m_reader.toDouble();
    m_reader.next();
    return expect(std::isfinite(value)) ? value : 0;
}

bool EnvelopeReader::boolean()
{
    if (!expect(!m_isBroken && m_reader.isBool()))
        return false;
    const bool value = m_reader.toBool();
    m_reader.next();
    return expect(true) && value;
}

QString EnvelopeReader::text(qsizetype maximum)
{
    if (!expect(!m_isBroken && m_reader.isString()))
        return {};
    QString whole;
    auto part = m_reader.readString();
    while (part.status == QCborStreamReader::Ok && whole.size() <= maximum) {
        whole += part.data;
        part = m_reader.readString();
    }
    return expect(part.status == QCborStreamReader::EndOfString && whole.size() <= maximum)
        ? whole
        : QString();
}

QByteArray EnvelopeReader::bytes(qsizetype maximum)
{
    if (!expect(!m_isBroken && m_reader.isByteArray()))
        return {};
    QByteArray whole;
    for (;;) {
        // At once into its place: Qt's own way reads a long one in pieces, and moves it with each.
        const qsizetype before = whole.size();
        const qsizetype size = m_reader.currentStringChunkSize();
        if (!expect(size >= 0 && size <= maximum - before))
            return {};
        whole.resize(before + size);
        const auto part = m_reader.readStringChunk(whole.data() + before, size);
        if (part.status == QCborStreamReader::EndOfString)
            break;
        if (!expect(part.status == QCborStreamReader::Ok))
            return {};
    }
    return whole;
}

ClusterTaskId EnvelopeReader::task()
{
    const QByteArray raw = bytes(16);
    if (!expect(raw.size() == 16))
        return {};
    return {ClusterSession(qFromBigEndian<quint64>(raw.constData())),
            qFromBigEndian<quint64>(raw.constData() + 8)};
}

void EnvelopeReader::skip()
{
    if (!m_isBroken)
        expect(passOver(m_reader));
}

/// Nearly everything is passed over without a copy; the reader of Qt copies every string.
bool isShallow(const QByteArray &cbor)
{
    QByteArrayView rest = cbor;
    if (cbor.isEmpty() || (passOverSimple(rest, maximumEnvelopeDepth) && rest.isEmpty()))
        return true;
    QCborStreamReader reader(cbor);
    return passOver(reader) && reader.currentOffset() == cbor.size();
}

Error brokenEnvelope(const char *what)
{
    return {ErrorCode::Protocol,
            u"A %1 message of the cluster does not have the form of version %2; run the same "
            "version of Fanfare on all hosts."_s.arg(QLatin1StringView(what))
                .arg(envelopeVersion)};
}

QByteArray toBytes(const ClusterTaskId &id)
{
    QByteArray bytes(16, Qt::Uninitialized);
    qToBigEndian(number(id.app), bytes.data());
    qToBigEndian(id.number, bytes.data() + 8);
    return bytes;
}

} // namespace Fanfare
