// SPDX-License-Identifier: MIT
#include "cli/runfold.h"

#include <QTest>

using namespace Fanfare;
using namespace Fanfare::Cli;

/// Writes down what it is told, one line each.
class Story final : public RunReporter
{
public:
    void addLane(const LaneInfo &lane) override { lines.append(u"lane "_qs + lane.name); }
    void addTask(const TaskReport &task) override
    {
        tasks.append(task);
        lines.append(
            u"%1.%2 %3/%4 %5"_qs.arg(number(task.span.task.emission))
                .arg(task.span.task.index)
                .arg(task.label.plugin, task.label.handler, outcomeName(task.span.outcome)));
    }
    void addLine(const LineReport &line) override
    {
        lines.append(line.label.handler + u": "_qs + line.line.text);
    }
    void sumUp(const SummaryReport &summary) override
    {
        lines.append(u"%1 emissions, %2 never, %3 tasks"_qs.arg(summary.emissions)
                         .arg(summary.neverEmitted)
                         .arg(summary.run.tasks()));
    }

    QStringList lines;
    QList<TaskReport> tasks;
};

class tst_RunFold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsLinesAndTasksInTheOrderOfTime();
    void joinsDetailsThatComeBeforeTheirSpan();
    void knowsTheFileOfEachEmission();
    void whatADeadEngineLostIsCrashed();
    void namesOneOrSeveralCulprits();
    void whatIsOpenAfterTheTimeoutIsTimedOut();
    void whatIsKilledAfterCtrlCIsCanceled();
    void countsEmissionsThatWereNeverMade();
};

static CatalogFact catalog()
{
    PluginFact plugin;
    plugin.state = PluginState::Active;
    plugin.isActive = true;
    plugin.name = u"basics"_qs;
    plugin.handlers = {{SubscriberId{1}, u"one"_qs}, {SubscriberId{2}, u"two"_qs}};
    return {{plugin}, {}};
}

static Request request(quint64 count, const QStringList &files = {})
{
    Request request;
    request.event = u"E"_qs;
    request.repeat = files.isEmpty() ? count : count / quint64(files.size());
    request.files = files;
    request.cut();
    return request;
}

static SpanRecord span(quint64 emission, quint16 index, qint64 finished)
{
    SpanRecord record;
    record.task = {static_cast<EmissionId>(emission), index};
    record.subscriber = static_cast<SubscriberId>(index + 1);
    record.queued = 1;
    record.started = 2;
    record.finished = finished;
    return record;
}

static LogLine line(quint64 emission, quint16 index, qint64 time, const QString &text)
{
    return {time,
            {static_cast<EmissionId>(emission), index},
            static_cast<SubscriberId>(index + 1),
            LogLevel::Printed,
            text};
}

static OpenTask open(quint64 emission, quint16 index, qint64 started)
{
    return {{static_cast<EmissionId>(emission), index},
            static_cast<SubscriberId>(index + 1),
            1,
            {},
            10,
            started};
}

void tst_RunFold::tellsLinesAndTasksInTheOrderOfTime()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(2));
    BatchFact batch;
    batch.counters = {2, 4, 4};
    batch.trace.lanes = {{LaneId{0}, LaneKind::Thread, u"thread 1"_qs, 77}};
    batch.trace.spans = {span(1, 0, 30), span(2, 1, 50), span(1, 1, 20)};
    batch.trace.log = {line(1, 0, 30, u"last words"_qs), line(2, 1, 10, u"first"_qs),
                       line(2, 1, 60, u"too late"_qs)};

    fold.apply(batch);
    fold.applyCommandEnd({1, 2, 4, {}});
    fold.sumUp();

    const QStringList expected{u"lane thread 1"_qs,
                               u"two: first"_qs,
                               u"1.1 basics/two Succeeded"_qs,
                               u"one: last words"_qs,
                               u"1.0 basics/one Succeeded"_qs,
                               u"2.1 basics/two Succeeded"_qs,
                               u"two: too late"_qs,
                               u"2 emissions, 0 never, 3 tasks"_qs};
    QCOMPARE(story.lines, expected);
    QCOMPARE(story.tasks[0].worker, u"thread 1"_qs);
    QCOMPARE(story.tasks[0].pid, 77);
    QCOMPARE(story.tasks[0].event, u"E"_qs);
}

void tst_RunFold::joinsDetailsThatComeBeforeTheirSpan()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(1));
    BatchFact early;
    early.trace.details = {{{EmissionId{1}, 0}, QCborValue(5), {}, {}},
                           {{EmissionId{1}, 1}, {}, {u"Oops"_qs, {}}, u"exception"_qs}};
    BatchFact late;
    late.trace.spans = {span(1, 0, 3), span(1, 1, 4)};

    fold.apply(early);
    fold.apply(late);

    QCOMPARE(story.tasks.size(), 2);
    QCOMPARE(story.tasks[0].result, QCborValue(5));
    QCOMPARE(story.tasks[1].reason, u"exception"_qs);
    QCOMPARE(story.tasks[1].error, u"The handler threw Oops."_qs);
}

void tst_RunFold::knowsTheFileOfEachEmission()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(4, {u"a"_qs, u"b"_qs}));
    BatchFact batch;
    batch.trace.spans = {span(1, 0, 3), span(2, 0, 4), span(3, 0, 5)};

    fold.apply(batch);

    QCOMPARE(story.tasks[0].file, u"a"_qs);
    QCOMPARE(story.tasks[1].file, u"b"_qs);
    QCOMPARE(story.tasks[2].file, u"a"_qs);
}

static EngineEndFact death()
{
    EngineEndFact end;
    end.signal = 11;
    end.reason = u"signal 11 (SIGSEGV)"_qs;
    end.culprits = {{{EmissionId{1}, 0}, SubscriberId{1}, 20, true},
                    {{EmissionId{1}, 1}, SubscriberId{2}, 20, false}};
    end.lost = {open(1, 0, 20), open(1, 1, 0)};
    end.neverEmitted = 3;
    return end;
}

void tst_RunFold::whatADeadEngineLostIsCrashed()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(4));

    fold.applyCommandEnd({1, 1, 2, u"the engine ended"_qs});
    fold.applyEnd(death());
    fold.sumUp();

    QCOMPARE(story.tasks.size(), 2);
    for (const TaskReport &task : story.tasks) {
        QCOMPARE(task.span.outcome, Outcome::Crashed);
        QCOMPARE(task.reason, u"engine-crashed"_qs);
        QVERIFY2(task.error.contains(u"signal 11 (SIGSEGV) in basics/one"_qs),
                 qPrintable(task.error));
    }
    QVERIFY(hasStarted(story.tasks[0].span));
    QVERIFY(!hasStarted(story.tasks[1].span));
    QCOMPARE(story.lines.last(), u"1 emissions, 3 never, 2 tasks"_qs);
}

void tst_RunFold::namesOneOrSeveralCulprits()
{
    RunFold fold({});
    fold.begin(catalog(), request(1));
    EngineEndFact end = death();

    QCOMPARE(fold.describe(end), u"signal 11 (SIGSEGV) in basics/one"_qs);
    end.culprits[0].isCertain = false;
    QCOMPARE(fold.describe(end), u"signal 11 (SIGSEGV) in one of basics/one, basics/two"_qs);
    end.culprits.clear();
    QCOMPARE(fold.describe(end), u"signal 11 (SIGSEGV)"_qs);
}

void tst_RunFold::whatIsOpenAfterTheTimeoutIsTimedOut()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(3));
    BatchFact batch;
    batch.trace.spans = {span(1, 0, 90), span(1, 1, 120), span(2, 0, 130)};
    batch.trace.spans[0].outcome = Outcome::Canceled; // before the time was over
    batch.trace.spans[1].outcome = Outcome::Canceled;

    fold.expire(100);
    fold.apply(batch);
    fold.applyEnd(death());

    QStringList outcomes;
    for (const TaskReport &task : story.tasks)
        outcomes.append(outcomeName(task.span.outcome) + u' ' + task.reason);
    const QStringList expected{u"Canceled "_qs, u"TimedOut timeout"_qs, u"Succeeded "_qs,
                               u"TimedOut timeout"_qs, u"TimedOut timeout"_qs};
    QCOMPARE(outcomes, expected);
}

void tst_RunFold::whatIsKilledAfterCtrlCIsCanceled()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(1));

    fold.interrupt();
    fold.applyEnd(death());

    QCOMPARE(story.tasks.size(), 2);
    QCOMPARE(story.tasks[0].span.outcome, Outcome::Canceled);
    QCOMPARE(story.tasks[0].reason, u"interrupted"_qs);
}

void tst_RunFold::countsEmissionsThatWereNeverMade()
{
    Story story;
    RunFold fold({&story});
    fold.begin(catalog(), request(10));

    fold.applyCommandEnd({1, 4, 8, u"canceled"_qs});
    EngineEndFact end;
    end.wasExpected = true;
    fold.applyEnd(end);
    fold.sumUp();

    QCOMPARE(fold.neverEmitted(), 6u);
    QCOMPARE(story.lines.last(), u"4 emissions, 6 never, 0 tasks"_qs);
}

QTEST_APPLESS_MAIN(tst_RunFold)
#include "tst_runfold.moc"
