// SPDX-License-Identifier: MIT
#include "desktop/runlink.h"

#include <fanfare/runs/runrecorder.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static const auto id = u"9f1c2d3e-0000-4000-8000-123456789abc"_s;

class tst_RunLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsBackALink_data();
    void bringsBackALink();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void findsARunByItsName();
    void findsARunThatWasRenamed();
    void saysWhereItLookedForARunThatIsNotThere();
};

void tst_RunLink::bringsBackALink_data()
{
    QTest::addColumn<RunLink>("link");
    QTest::addColumn<QString>("text");

    const QString run = u"fanfare://run/"_s + id;
    QTest::newRow("a run") << RunLink{id, {}} << run;
    QTest::newRow("first task") << RunLink{id, TaskId{EmissionId{1204}, 0}}
                                << run + u"/span/1204"_s;
    QTest::newRow("other task") << RunLink{id, TaskId{EmissionId{1204}, 7}}
                                << run + u"/span/1204.7"_s;
}

void tst_RunLink::bringsBackALink()
{
    QFETCH(RunLink, link);
    QFETCH(QString, text);

    QCOMPARE(link.toString(), text);

    QVERIFY(isRunLink(text));
    const auto back = runLink(u"  "_s + text + u"\n"_s); // as it is pasted
    QVERIFY(back);
    QVERIFY(*back == link);
}

void tst_RunLink::refusesOtherTexts_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << u"fanfare://"_s;
    QTest::newRow("no run") << u"fanfare://run/"_s;
    QTest::newRow("a path") << u"fanfare://run/../../etc/passwd"_s;
    QTest::newRow("short id") << u"fanfare://run/9f1c"_s;
    QTest::newRow("task 0") << u"fanfare://run/"_s + id + u"/span/0"_s;
    QTest::newRow("index above 65535") << u"fanfare://run/"_s + id + u"/span/1.65536"_s;
    QTest::newRow("something behind") << u"fanfare://run/"_s + id + u"/span/1/x"_s;
}

void tst_RunLink::refusesOtherTexts()
{
    QFETCH(QString, text);

    const auto link = runLink(text);

    QVERIFY(!link);
    QVERIFY(link.error().message.contains(text));
}

/// An empty run that is kept in \a path.
static void keepRun(const QString &path)
{
    RunInfo info;
    info.id = id;
    auto recorder = RunRecorder::create(path, info);
    QVERIFY(recorder);
    QVERIFY((*recorder)->finish(0));
}

void tst_RunLink::findsARunByItsName()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"20260101-120000-9f1c2d3e.ffrun"_s);
    keepRun(path);

    const auto found = findLinkedRun(id, folder.path());

    QVERIFY(found);
    QCOMPARE(*found, path);
}

void tst_RunLink::findsARunThatWasRenamed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"before the change.ffrun"_s);
    keepRun(path);

    const auto found = findLinkedRun(id, folder.path());

    QVERIFY(found);
    QCOMPARE(*found, path);
}

void tst_RunLink::saysWhereItLookedForARunThatIsNotThere()
{
    const QTemporaryDir folder;

    const auto found = findLinkedRun(id, folder.path());

    QVERIFY(!found);
    QVERIFY(found.error().message.contains(folder.path()));
}

QTEST_GUILESS_MAIN(tst_RunLink)
#include "tst_runlink.moc"
