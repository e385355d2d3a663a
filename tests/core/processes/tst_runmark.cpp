// SPDX-License-Identifier: MIT
#include <fanfare/processes/runmark.h>

#include <QProcess>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunMark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isATextAndBack();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void isReadFromProcesses();
    void knowsWhoseOwnerIsGone();
};

void tst_RunMark::isATextAndBack()
{
    const RunMark mark = RunMark::ofThisProcess(7);

    QCOMPARE(mark.owner, getpid());
    QVERIFY(mark.space > 0 && mark.began > 0 && mark.worker == 7);
    QVERIFY(RunMark::fromText(mark.toText()) == mark);
}

void tst_RunMark::refusesOtherTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "1", "1.2.3", "1.2.3.", "1.2.3.4.5", "1.2.3.4 ", "a.2.3.4",
                             "1..3.4", "1.2.3.-4", "1,2,3,4", "99999999999999999999.2.3.4"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_RunMark::refusesOtherTexts()
{
    QFETCH(QByteArray, text);

    QVERIFY(!RunMark::fromText(text.toStdString()));
}

void tst_RunMark::isReadFromProcesses()
{
    QProcess marked;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"FANFARE_RUN"_s, u"1.2.3.4"_s);
    environment.insert(u"XFANFARE_RUN"_s, u"5.6.7.8"_s);
    marked.setProcessEnvironment(environment);
    marked.start(u"sleep"_s, {u"3600"_s});
    QVERIFY(marked.waitForStarted());

    QTRY_VERIFY(RunMark::ofProcess(pid_t(marked.processId())).has_value());
    QVERIFY(RunMark::ofProcess(pid_t(marked.processId())) == (RunMark{1, 2, 3, 4}));
    QVERIFY(!RunMark::ofProcess(0));
    marked.kill();
    QVERIFY(marked.waitForFinished());
}

void tst_RunMark::knowsWhoseOwnerIsGone()
{
    RunMark later = RunMark::ofThisProcess(1);
    ++later.began; // that process had the same number
    RunMark elsewhere = later;
    ++elsewhere.space;
    RunMark ended = later;
    QProcess process;
    process.start(u"true"_s);
    ended.owner = pid_t(process.processId());
    QVERIFY(process.waitForFinished());

    QVERIFY(!isOwnerGone(RunMark::ofThisProcess(1)));
    QVERIFY(isOwnerGone(later));
    QVERIFY(isOwnerGone(ended));
    QVERIFY(!isOwnerGone(elsewhere)); // nobody can know
}

QTEST_GUILESS_MAIN(tst_RunMark)
#include "tst_runmark.moc"
