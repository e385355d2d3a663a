// SPDX-License-Identifier: MIT
// The bars of handlers that crash or do not end: R6, R7.
#include "bar.h"
#include "chaospool.h"

#include <QHash>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

static const QHash<QString, int> &signalsByKind()
{
    static const QHash<QString, int> all{
        {u"segfault"_s, 11}, {u"abort"_s, 6},        {u"divide"_s, 8},
        {u"illegal"_s, 4},   {u"bus"_s, 7},          {u"overflow"_s, 11},
        {u"pure"_s, 6},      {u"free-twice"_s, 6},   {u"corrupt"_s, 6},
        {u"smash"_s, 6},     {u"jump"_s, 11},        {u"overflow-thread"_s, 11},
        {u"kill"_s, 9},      {u"throw-thread"_s, 6}, {u"segfault-thread"_s, 11}};
    return all;
}

BarResult runCrashKinds(const BarOptions &options)
{
    const quint64 times = options.schedules.value_or(100);
    quint64 wrongEnds = 0;
    int namedKinds = 0;
    for (auto kind = signalsByKind().begin(); kind != signalsByKind().end(); ++kind) {
        ChaosPool pool;
        for (quint64 i = 0; i < times; ++i)
            (void)pool.emitKind(kind.key());
        if (!pool.waitUntilIdle(seconds(60)))
            return {{}, u"The pool hangs after %1."_s.arg(kind.key())};
        quint64 named = 0;
        quint64 right = 0;
        for (const TaskDetail &detail : pool.details) {
            right += detail.crash[u"signal"_s].toInteger() == kind.value();
            named += detail.crash[u"text"_s].toString().contains(u" of "_s)
                && detail.crash[u"frames"_s].toArray().size() > 1;
        }
        wrongEnds += times - std::min(right, pool.count(Outcome::Crashed));
        namedKinds += named >= times * 9 / 10;
    }
    BarResult bar{{{u"kinds"_s, signalsByKind().size()},
                   {u"times"_s, qint64(times)},
                   {u"wrongEnds"_s, qint64(wrongEnds)},
                   {u"kindsWithFrames"_s, namedKinds}},
                  {}};
    if (wrongEnds > 0)
        bar.problem = u"%1 crashes were not told as what they were."_s.arg(wrongEnds);
    else if (namedKinds < 12)
        bar.problem = u"Fewer than 12 kinds have a backtrace."_s;
    return bar;
}

BarResult runDeadlines(const BarOptions &options)
{
    const quint64 tasks = options.schedules.value_or(200);
    const QStringList kinds{u"hang"_s, u"spin"_s, u"stop"_s, u"deadlock"_s};
    ChaosPool pool({.workers = 4}, milliseconds(50));
    for (quint64 i = 0; i < tasks; ++i)
        (void)pool.emitKind(kinds[qsizetype(i) % kinds.size()]);
    const bool isIdle = pool.waitUntilIdle(seconds(120));
    qint64 latest = 0;
    for (const SpanRecord &span : pool.spans)
        latest = std::max(latest, span.finished - span.started);
    const quint64 late = pool.count(Outcome::TimedOut);
    BarResult bar{{{u"timedOut"_s, qint64(late)}, {u"latest"_s, double(latest) / 1e6}}, {}};
    if (!isIdle || late != tasks)
        bar.problem = u"%1 of %2 tasks timed out."_s.arg(late).arg(tasks);
    else if (latest > 450'000'000)
        bar.problem = u"A task ran longer than its deadline and 400 ms."_s;
    return bar;
}
