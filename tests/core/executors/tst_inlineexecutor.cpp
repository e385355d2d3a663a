// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QTest>

#include <stdexcept>

using namespace Fanfare;
using Story = std::vector<QString>;

class tst_InlineExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowEachTaskEnded();
    void showsTheTasksOfAnEmissionWhoseHandleIsKnown();
    void runsWhatComesBackThroughAnotherExecutor();
    void countsWhatEnded();
};

void tst_InlineExecutor::tellsHowEachTaskEnded()
{
    ExecutorRig rig(0);
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(7); });
    rig.on(QStringLiteral("a"), [](Context &) -> QCborValue { throw std::runtime_error("no"); });

    const std::vector<TaskStatus> tasks = rig.emitOne(QStringLiteral("a")).tasks();

    QCOMPARE(tasks.size(), 3U);
    QVERIFY(tasks[0].isFinished && tasks[1].isFinished && tasks[2].isFinished);
    QCOMPARE(tasks[0].outcome, Outcome::Succeeded);
    QVERIFY(tasks[0].result.isUndefined());
    QCOMPARE(tasks[1].result.toInteger(), 7);
    QCOMPARE(tasks[2].outcome, Outcome::Failed);
}

void tst_InlineExecutor::showsTheTasksOfAnEmissionWhoseHandleIsKnown()
{
    ExecutorRig rig(0);
    Emission inner;
    std::vector<TaskStatus> seen;
    rig.on(QStringLiteral("outer"), [&](Context &) {
        inner = rig.emitOne(QStringLiteral("inner"));
        return QCborValue();
    });
    rig.on(QStringLiteral("inner"), [](Context &) { return QCborValue(); });
    rig.on(QStringLiteral("inner"), [&](Context &) {
        seen = inner.tasks();
        return QCborValue();
    });

    (void)rig.emitOne(QStringLiteral("outer"));

    QCOMPARE(seen.size(), 2U);
    QVERIFY(seen[0].isFinished);
    QVERIFY(!seen[1].isFinished);
    QVERIFY(inner.isFinished());
}

void tst_InlineExecutor::runsWhatComesBackThroughAnotherExecutor()
{
    ExecutorRig one(0);
    ExecutorRig other(0);
    one.on(QStringLiteral("there"), [&](Context &) {
        one.tell(u"there");
        (void)other.emitOne(QStringLiteral("back"));
        return QCborValue();
    });
    other.on(QStringLiteral("back"), [&](Context &) {
        one.tell(u"back");
        (void)one.emitOne(QStringLiteral("home"));
        return QCborValue();
    });
    one.on(QStringLiteral("home"), [&](Context &) {
        one.tell(u"home");
        return QCborValue();
    });

    (void)one.emitOne(QStringLiteral("there"));

    QCOMPARE(one.story(),
             (Story{QStringLiteral("there"), QStringLiteral("back"), QStringLiteral("success"),
                    QStringLiteral("home"), QStringLiteral("success")}));
}

void tst_InlineExecutor::countsWhatEnded()
{
    ExecutorRig rig(0);
    std::vector<quint64> sums;
    rig.on(QStringLiteral("a"), [&](Context &) {
        const ExecutorCounters counters = rig.executor->counters();
        sums.push_back(counters.queued + counters.running + counters.ended);
        return QCborValue();
    });
    rig.on(QStringLiteral("a"), [](Context &) { return QCborValue(); });

    (void)rig.emitOne(QStringLiteral("a"));
    (void)rig.emitOne(QStringLiteral("a"));

    QCOMPARE(sums, (std::vector<quint64>{2, 4}));
    QCOMPARE(rig.executor->counters().ended, 4U);
}

QTEST_GUILESS_MAIN(tst_InlineExecutor)
#include "tst_inlineexecutor.moc"
