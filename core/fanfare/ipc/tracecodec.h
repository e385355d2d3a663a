// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/trace/records.h>

#include <QByteArray>

#include <vector>

namespace Fanfare {

/// Splits a trace batch into payloads of about 1 MiB, each a CBOR map. Records without pointers
/// travel as byte strings, as they lie in memory: both ends are of the same build, which is checked
/// when they meet. The live sample is in the last payload, of which there is always one.
class TraceEncoder
{
public:
    static constexpr size_t maximumSpans = 16'384;              ///< in one payload
    static constexpr qsizetype maximumResult = 8 * 1024 * 1024; ///< bytes of a result; see encode()

    /// \a batch must outlive this object.
    explicit TraceEncoder(const TraceBatch &batch)
        : m_batch(batch)
    {
    }

    /// The next payload. A result above maximumResult is left out, and its detail says so.
    QByteArray encode();

    bool isFinished() const { return m_isFinished; } ///< the last payload was taken

private:
    bool hasMore() const;

    const TraceBatch &m_batch;
    size_t m_spans = 0; // already encoded ones, as the next two
    size_t m_details = 0;
    size_t m_lines = 0;
    bool m_isFirst = true;
    bool m_isFinished = false;
};

/// Which of the words that tasks left behind are wanted. Most tasks leave a result, and reading
/// those takes longer than all the rest of a batch.
enum class TraceWords : quint8 {
    All,
    Crashes, ///< details of tasks that took their process with them, and no log lines
};

/// Adds the content of \a payload to \a batch. Error: Protocol, for anything that
/// TraceEncoder cannot have written.
Result<void> decodeTrace(const QByteArray &payload, TraceBatch &batch,
                         TraceWords words = TraceWords::All);

} // namespace Fanfare
