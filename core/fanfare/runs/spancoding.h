// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/trace/records.h>

#include <QByteArray>

#include <span>

namespace Fanfare {

/// How spans lie in a run file: column by column, so that like stands by like, and each number as
/// its difference to what is expected of it. Independent of the machine and of the layout of
/// SpanRecord. Below 20 bytes a span before compression, when tasks are short.
///
/// | column | written as |
/// |---|---|
/// | emission, queued | difference to the span before |
/// | index, subscriber, event, lane, outcome, attempt, peakMemory | itself, or as difference |
/// | started | difference to queued |
/// | finished | difference to started |
/// | cpu | difference to finished - started; one that was not measured stays -1 |
/// | sentBefore, repliedAfter | itself |
///
/// Differences wrap around, so every value of every field returns exactly.
namespace SpanCoding {

constexpr size_t maximumSpans = 65'536; ///< in one encoding

/// At most maximumSpans. [any]
QByteArray encode(std::span<const SpanRecord> spans);

/// Appends what encode() wrote to \a spans. Error: Protocol, for anything that encode() cannot have
/// written; then \a spans is as it was. Never takes more than 8 MiB. [any]
Result<void> decode(QByteArrayView bytes, std::vector<SpanRecord> &spans);

} // namespace SpanCoding

} // namespace Fanfare
