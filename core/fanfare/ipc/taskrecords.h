// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcome.h>
#include <fanfare/ipc/payloadplace.h>
#include <fanfare/sdk/arguments.h>

#include <QByteArray>
#include <QCborValue>
#include <QIODevice>

#include <array>
#include <optional>

namespace Fanfare {

/// A task on its way to a worker: 40 bytes, little-endian, then the arguments, or 16 bytes that say
/// where they lie: u64 begin and u64 size, see PayloadPlace.
///
///     offset  0  u32  length of the record, what follows included
///             4  u8   attempt, from 1
///             5  u8   flags: 1 the arguments lie in the memory that both share, 2 the handler
///                     waits, and runs on a thread of its own
///             6  u16  index of the task in its emission
///             8  u64  number of the task, unique in its pool
///            16  u64  number of the emission
///            24  u32  number of the handler, see WorkerCommand::Load
///            28  u32  number of the event, see WorkerCommand::NameEvent
///            32  i64  nanoseconds that it may run, 0 for any time
///            40       arguments, see encodeArguments()
struct TaskRecord
{
    quint64 task = 0;
    quint64 emission = 0;
    quint32 handler = 0;
    quint32 event = 0;
    quint16 index = 0;
    quint8 attempt = 1;
    bool isBlocking = false;
    qint64 deadline = 0;
    QByteArrayView arguments;          ///< borrowed; not used when there is a place
    std::optional<PayloadPlace> place; ///< of the arguments, in the memory that both share
};

inline constexpr qsizetype taskRecordSize = 40; ///< bytes before the arguments

/// What a worker says about a task: 48 bytes, little-endian, then the payload, or where it lies, as
/// above.
///
///     offset  0  u32  length of the record, what follows included
///             4  u8   kind, see ReportKind
///             5  u8   outcome; Succeeded, Failed or Canceled
///             6  u16  1 when the payload lies in the memory that both share, else 0
///             8  u64  number of the task
///            16  i64  MonotonicClock nanoseconds when it happened
///            24  i64  CPU nanoseconds of the handler, -1 when not measured
///            32  u32  most memory the worker had while the handler ran, KiB; 0 not measured
///            36  u32  memory the worker has now, KiB; 0 not measured
///            40  u64  0
///            48       payload: the result or the error, see encodeResult() and encodeError()
///
/// Started is written before the handler is entered: a task without it never ran.
enum class ReportKind : quint8 { Started = 1, Finished = 2 };

struct ReportRecord
{
    ReportKind kind = ReportKind::Started;
    Outcome outcome = Outcome::Succeeded; ///< of Finished
    quint64 task = 0;
    qint64 time = 0;
    qint64 cpu = -1;
    quint32 peakMemory = 0;
    quint32 memory = 0;
    QByteArrayView payload;            ///< borrowed; not used when there is a place
    std::optional<PayloadPlace> place; ///< of the payload, in the memory that both share
};

inline constexpr qsizetype reportRecordSize = 48; ///< bytes before the payload

/// The bytes before the arguments or the payload. [any]
std::array<char, taskRecordSize> headerOf(const TaskRecord &record);
std::array<char, reportRecordSize> headerOf(const ReportRecord &record);

/// From this size on arguments and payloads go through shared memory or, where there is no room,
/// in frames of their own, because then they need not be put together with others.
inline constexpr qsizetype largeRecord = 16 * 1024;

/// Adds a record to \a frame, the payload of a frame. About 10 ns. [any]
void appendTask(QByteArray &frame, const TaskRecord &record);
void appendReport(QByteArray &frame, const ReportRecord &record);

/// Takes record after record out of the payload of a frame, which must outlive the reader.
///
/// Threads: [owner].
template <typename Record>
class RecordReader
{
public:
    explicit RecordReader(QByteArrayView frame)
        : m_rest(frame)
    {
    }

    /// Fills in \a record. False at the end, and when the rest is no record: see isBroken().
    bool next(Record &record);

    bool isBroken() const { return m_isBroken; }

private:
    QByteArrayView m_rest;
    bool m_isBroken = false;
};

/// Arguments as bytes; empty for none. [any]
QByteArray encodeArguments(const Arguments &arguments);

/// The same, written to \a device; nothing for none. [any]
void encodeArguments(const Arguments &arguments, QIODevice &device);

/// The reverse, or nothing for bytes that encodeArguments() cannot have made. [any]
std::optional<Arguments> decodeArguments(QByteArrayView bytes);

/// Writes a result to \a device; nothing for none. [any]
void encodeResult(const QCborValue &result, QIODevice &device);
std::optional<QCborValue> decodeResult(QByteArrayView bytes);

/// The same for \a bytes which another process may change meanwhile. [any]
std::optional<QCborValue> decodeSharedResult(QByteArrayView bytes);

QByteArray encodeError(const TaskError &error);
std::optional<TaskError> decodeError(QByteArrayView bytes);

} // namespace Fanfare
