// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runidentity.h"

#include <QCoreApplication>

#include <optional>

namespace Fanfare {

/// What the end of an engine means for the tasks it took along, in records and in words.
///
/// Threads: [gui].
class RunEnd
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::RunEnd)

public:
    /// \a time is when the end was noticed, in MonotonicClock nanoseconds; \a identity still knows
    /// the numbers of the ended engine.
    RunEnd(const EngineEndFact &end, qint64 time, RunIdentity &identity);

    /// The span of \a lost, which is one of the end's lost tasks.
    SpanEntry span(const OpenTask &lost) const;

    /// What is known about a span that span() returned. Made when somebody asks: a million queued
    /// tasks may die at once.
    static TaskDetail detail(const EngineEndFact &end, const SpanRecord &lost);

    /// "engine died: signal 11 (SIGSEGV) in chaos / segfault; 3 tasks lost"
    QString sentence() const;

private:
    QString handlerName(SubscriberId subscriber) const;
    QString blame() const;

    const EngineEndFact &m_end;
    const qint64 m_time;
    RunIdentity &m_identity;
};

} // namespace Fanfare
