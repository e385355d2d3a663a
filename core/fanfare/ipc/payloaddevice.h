// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/payloadwriter.h>

#include <QByteArray>
#include <QIODevice>

namespace Fanfare {

/// Where a value is encoded whose size nobody knows: what is small stays here, what becomes large
/// is written to where the other process reads it, without a copy in between.
///
/// Threads: [owner].
class PayloadDevice final : public QIODevice
{
    Q_OBJECT

public:
    /// \a payloads is borrowed; null: all stays here. Beyond \a limit bytes nothing is kept.
    PayloadDevice(PayloadWriter *payloads, qsizetype limit);

    qint64 size() const override { return m_size; } ///< bytes written, kept or not
    bool isSequential() const override { return true; }
    bool isTooLarge() const { return m_size > m_limit; }
    qint64 pieces() const { return m_pieces; } ///< in which they were written

    /// Where the payload lies; nothing when it is bytes(). Once, after the last byte.
    std::optional<PayloadPlace> finish();
    QByteArrayView bytes() const { return m_bytes; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *bytes, qint64 size) override;

private:
    bool makeRoom(qsizetype size, qsizetype there);

    PayloadWriter *const m_payloads;
    const qsizetype m_limit;
    qsizetype m_size = 0;
    qint64 m_pieces = 0;
    QByteArray m_bytes;
    std::span<char> m_room; // what was written lies here, unless it is empty
};

} // namespace Fanfare
