// SPDX-License-Identifier: MIT
#include <fanfare/runs/runexport.h>
#include <fanfare/runs/runwriter.h>

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesALineForEveryTask();
    void saysWhenTheRunIsMissing();
};

void tst_RunExport::writesALineForEveryTask()
{
    QTemporaryDir folder;
    QFile run(folder.filePath(u"run.ffrun"_s));
    QVERIFY(run.open(QIODevice::WriteOnly));
    RunWriter writer(run, {.id = u"x"_s});
    writer.setNames({.handlers = {{SubscriberId(1), u"org.a"_s, {}, {}, u"=1+1, \"x\""_s}},
                     .events = {{2, u"E"_s}}});
    SpanRecord span;
    span.task = {EmissionId(7), 1};
    span.subscriber = SubscriberId(1);
    span.event = 2;
    span.queued = 10;
    span.started = 20;
    span.finished = 30;
    span.outcome = Outcome::Failed;
    TraceBatch batch;
    batch.lanes = {{LaneId(0), LaneKind::Thread, u"thread 1"_s, 5}};
    batch.details = {{.task = span.task, .error = {u"E"_s, u"broken"_s}}};
    batch.spans = {span};
    writer.add(batch);
    QVERIFY(writer.finish(1));
    run.close();
    QBuffer csv;
    csv.open(QIODevice::WriteOnly);

    double told = 0;
    const Result<RunExport> done =
        exportCsv(run.fileName(), csv, [&told](double share) { told = share; });

    QVERIFY(told > 0.5 && told <= 1);
    QVERIFY(done);
    QCOMPARE(done->tasks, 1U);
    const QByteArrayList lines = csv.data().split('\n');
    QVERIFY(lines.at(0).startsWith("emission,index,event,"));
    QCOMPARE(lines.at(1),
             QByteArray("7,1,E,org.a,\"'=1+1, \"\"x\"\"\",thread 1,Failed,1,10,20,30,"
                        "0,0,-1,0,,broken\r"));
}

void tst_RunExport::saysWhenTheRunIsMissing()
{
    QBuffer csv;
    csv.open(QIODevice::WriteOnly);

    const Result<RunExport> done = exportCsv(u"/nowhere/x.ffrun"_s, csv);

    QVERIFY(!done);
    QVERIFY(done.error().message.contains(u"/nowhere/x.ffrun"_s));
}

QTEST_GUILESS_MAIN(tst_RunExport)
#include "tst_runexport.moc"
