// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/clusterids.h>

#include <QByteArray>
#include <QCborStreamReader>

namespace Fanfare {

inline constexpr int envelopeVersion = 1;             ///< of every message, under the key 0
inline constexpr qsizetype maximumEnvelope = 1 << 20; ///< bytes of arguments or of a result
inline constexpr qsizetype maximumMessage = 3 << 19;  ///< bytes of any message: 1.5 MiB
inline constexpr int maximumEnvelopeDepth = 32;       ///< lists and maps around a value

/// Reads a message of a cluster: CBOR maps with unsigned integers as keys. It comes from a program
/// that may be newer, broken or hostile: unknown keys are skipped, anything else that was not
/// expected breaks the reader, which then returns empty values to the end.
///
///     EnvelopeReader reader(bytes);
///     for (reader.enter(); reader.nextKey(); ) {
///         switch (reader.key()) {
///         case 1: text = reader.text(); break;
///         default: reader.skip();
///         }
///     }
///     if (reader.isBroken()) ...
///
/// Threads: [owner].
class EnvelopeReader
{
public:
    explicit EnvelopeReader(const QByteArray &bytes);

    void enter();   ///< the map that comes next
    bool nextKey(); ///< false at the end of the map, which is left, or when broken
    quint64 key() const { return m_key; }
    void enterList(); ///< the list that comes next
    bool nextItem();  ///< false at the end of the list, which is left, or when broken

    quint64 number(quint64 maximum = ~quint64(0)); ///< an unsigned integer up to \a maximum
    qint64 integer();
    double real(); ///< finite
    bool boolean();
    QString text(qsizetype maximum = 4096); ///< valid UTF-8, at most \a maximum bytes
    QByteArray bytes(qsizetype maximum = maximumEnvelope);
    ClusterTaskId task(); ///< 16 bytes
    void skip();          ///< one value, whatever it is

    /// For a value that has the right type and is wrong all the same.
    void setBroken() { m_isBroken = true; }
    bool isBroken() const { return m_isBroken; }
    bool isAtEnd() const { return m_reader.currentOffset() == m_size; }

private:
    bool expect(bool isRight);

    QCborStreamReader m_reader;
    const qsizetype m_size;
    quint64 m_key = 0;
    bool m_isBroken = false;
};

/// Whether lists and maps in \a cbor, one value or none, are nested at most maximumEnvelopeDepth
/// deep; false as well for what is no CBOR. [any]
bool isShallow(const QByteArray &cbor);

/// Of a message called \a what that does not say what it should. [any]
Error brokenEnvelope(const char *what);

/// As 16 bytes. [any]
QByteArray toBytes(const ClusterTaskId &id);

} // namespace Fanfare
