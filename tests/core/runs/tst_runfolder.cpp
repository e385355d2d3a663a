// SPDX-License-Identifier: MIT
#include "core/runs/randomspans.h"

#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/runrecorder.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsTheNewestFirst();
    void saysWhichFileIsNoRun();
    void findsARunByTheBeginningOfItsId();
    void neverWritesOverARun();
    void isEmptyWithoutAFolder();

private:
    QString record(const QString &name, const QString &id, qint64 beginUtc, bool ends = true);

    QTemporaryDir m_folder;
};

QString tst_RunFolder::record(const QString &name, const QString &id, qint64 beginUtc, bool ends)
{
    const QString path = m_folder.filePath(name);
    QFile::remove(path);
    Result<std::unique_ptr<RunRecorder>> recorder =
        RunRecorder::create(path, {.id = id, .label = name, .beginUtc = beginUtc});
    if (!recorder)
        qFatal("%s", qPrintable(recorder.error().message));
    TraceBatch batch;
    batch.spans = busySpans(5, 1);
    (*recorder)->add(batch);
    if (ends)
        (*recorder)->finish(3);
    return path;
}

void tst_RunFolder::listsTheNewestFirst()
{
    record(u"a.ffrun"_s, u"aa11"_s, 1'000);
    record(u"b.ffrun"_s, u"aa22"_s, 3'000);
    record(u"c.ffrun"_s, u"bb33"_s, 2'000, false);

    const RunList list = runsIn(m_folder.path());

    QStringList labels;
    for (const RunListing &listing : list.runs)
        labels.append(listing.info.label);
    QCOMPARE(labels, (QStringList{u"b.ffrun"_s, u"c.ffrun"_s, u"a.ffrun"_s}));
    QVERIFY(!list.runs.at(1).index);
    QCOMPARE(list.runs.at(0).index->tasks(), 5U);
    QVERIFY(jsonOf(list.runs.at(0)).contains("\"tasks\":5"));
    QVERIFY(jsonOf(list.runs.at(1)).contains("\"ended\":false"));
}

void tst_RunFolder::saysWhichFileIsNoRun()
{
    QFile file(m_folder.filePath(u"odd.ffrun"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nothing");
    file.close();

    const RunList list = runsIn(m_folder.path());

    QCOMPARE(list.problems.size(), 1);
    QVERIFY(list.problems.first().contains(u"odd.ffrun"_s));
    QVERIFY(file.remove());
}

void tst_RunFolder::findsARunByTheBeginningOfItsId()
{
    const QString a = record(u"a.ffrun"_s, u"aa11"_s, 1'000);
    record(u"b.ffrun"_s, u"aa22"_s, 3'000);

    QCOMPARE(*findRun(u"aa1"_s, m_folder.path()), a);
    QCOMPARE(*findRun(a, u"/nowhere"_s), a);
    QCOMPARE(findRun(u"aa"_s, m_folder.path()).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(findRun(u"zz"_s, m_folder.path()).error().code, ErrorCode::NotFound);
}

void tst_RunFolder::neverWritesOverARun()
{
    const QString a = record(u"a.ffrun"_s, u"aa11"_s, 1'000);

    const auto second = RunRecorder::create(a, {.id = u"other"_s});

    QVERIFY(!second);
    QVERIFY(second.error().message.contains(u"a.ffrun"_s));
}

void tst_RunFolder::isEmptyWithoutAFolder()
{
    const RunList list = runsIn(u"/nowhere/at/all"_s);

    QVERIFY(list.runs.empty() && list.problems.isEmpty());
}

QTEST_GUILESS_MAIN(tst_RunFolder)
#include "tst_runfolder.moc"
