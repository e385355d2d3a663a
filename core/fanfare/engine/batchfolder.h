// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginemessages.h>
#include <fanfare/engine/rawoutput.h>
#include <fanfare/engine/taskaccount.h>

#include <optional>

namespace Fanfare {

/// Puts the parts of trace batches together as they arrive, keeps the account of tasks up to date
/// with them, and adds what the engine printed past its own capture.
///
/// Threads: [owner].
class BatchFolder
{
public:
    explicit BatchFolder(TaskAccount &account)
        : m_account(account)
    {
    } ///< borrowed

    /// Error: Protocol.
    Result<void> addProgress(const QByteArray &payload);

    /// Adds one part. Error: Protocol.
    Result<void> addPart(const QByteArray &payload);

    void addPrinted(const QByteArray &bytes, qint64 now) { m_raw.append(bytes, now); }
    void endPrinted(qint64 now) { m_raw.endLine(now); }
    bool hasPrinted() const { return !m_raw.isEmpty(); }

    /// Adds the last line the engine wrote to standard error, unless it arrived already.
    void addLastWords(const FlightLog &flight);

    /// What arrived since the last call, parts of an unfinished batch included; nothing when
    /// nothing did.
    std::optional<BatchFact> take();

private:
    void addSubscribers(std::vector<LogLine> &lines, size_t from);

    TaskAccount &m_account;
    RawOutput m_raw;
    BatchFact m_batch;
    CounterFact m_counters;
    qint64 m_lastLine = 0; // the newest time of a line that arrived
    bool m_hasPart = false;
};

} // namespace Fanfare
