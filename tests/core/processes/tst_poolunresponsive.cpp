// SPDX-License-Identifier: MIT
// Workers that somebody stops, and ones that talk without end.
#include "poolrig.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_PoolUnresponsive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void showsAStoppedWorkerAndThatItGoesOn();
    void replacesAStoppedWorkerThatRunsNothing();
    void killsAWorkerThatFloods();
};

static bool isStopped(qint64 pid)
{
    QFile status(u"/proc/%1/stat"_s.arg(pid));
    const QByteArray text = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
    return text.mid(text.lastIndexOf(')') + 2).startsWith('T');
}

static void appendKinds(PoolRig &rig, std::vector<LaneEventKind> &kinds)
{
    for (const LaneEvent &event : rig.recorder.drain().laneEvents)
        kinds.push_back(event.kind);
}

static bool waitForEvent(PoolRig &rig, std::vector<LaneEventKind> &kinds, LaneEventKind kind)
{
    return QTest::qWaitFor(
        [&] {
            appendKinds(rig, kinds);
            return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
        },
        20'000);
}

void tst_PoolUnresponsive::showsAStoppedWorkerAndThatItGoesOn()
{
    PoolRig rig(1);
    rig.on(u"processId"_s);
    rig.on(u"nap"_s);
    const Emission first = rig.emitOne(u"processId"_s);
    QVERIFY(first.waitForFinished(20s));
    const auto pid = pid_t(first.tasks().at(0).result.toInteger());
    Emission nap = rig.emitOne(u"nap"_s, {3'600'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);
    std::vector<LaneEventKind> kinds;

    ::kill(pid, SIGSTOP);
    const bool isShown = waitForEvent(rig, kinds, LaneEventKind::Unresponsive);
    ::kill(pid, SIGCONT);
    const bool isBack = waitForEvent(rig, kinds, LaneEventKind::Responsive);
    nap.cancel();

    QVERIFY(isShown);
    QVERIFY(isBack);
    QVERIFY(nap.waitForFinished(20s));
    QVERIFY(nap.tasks().at(0).outcome == Outcome::Canceled);
    QVERIFY(rig.executor->shutdown());
    appendKinds(rig, kinds);
    QVERIFY(kinds
            == (std::vector{LaneEventKind::Started, LaneEventKind::Unresponsive,
                            LaneEventKind::Responsive, LaneEventKind::Stopped}));
}

void tst_PoolUnresponsive::replacesAStoppedWorkerThatRunsNothing()
{
    PoolRig rig(1);
    rig.on(u"processId"_s);
    const Emission first = rig.emitOne(u"processId"_s);
    QVERIFY(first.waitForFinished(20s));
    const qint64 pid = first.tasks().at(0).result.toInteger();

    ::kill(pid_t(pid), SIGSTOP);
    QTRY_VERIFY(isStopped(pid));
    const Emission second = rig.emitOne(u"processId"_s);

    QVERIFY(second.waitForFinished(20s));
    QCOMPARE(second.tasks().at(0).outcome, Outcome::Succeeded);
    QVERIFY(second.tasks().at(0).result.toInteger() != pid);
    QVERIFY(::kill(pid_t(pid), 0) != 0);
}

void tst_PoolUnresponsive::killsAWorkerThatFloods()
{
    PoolRig rig(1);
    rig.on(u"talk"_s);
    rig.on(u"nothing"_s);
    const Emission modest = rig.emitOne(u"talk"_s, {1});
    QVERIFY(modest.waitForFinished(20s));

    std::vector<Emission> talks;
    for (int i = 0; i < 60; ++i) // 48 MB
        talks.push_back(rig.emitOne(u"talk"_s, {3'600'000}));
    const Emission after = rig.emitOne(u"nothing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(talks[0].isFinished(), 30000);
    const TaskStatus first = talks[0].tasks().at(0);
    rig.executor->cancelAll();

    QVERIFY(rig.executor->waitUntilIdle(20s));
    QCOMPARE(modest.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(first.outcome, Outcome::Crashed);
    QCOMPARE(first.reason, u"flooding"_s);
    QCOMPARE(first.error.type, u"flooding"_s);
    QVERIFY(after.isFinished());
}

QTEST_GUILESS_MAIN(tst_PoolUnresponsive)
#include "tst_poolunresponsive.moc"
