// SPDX-License-Identifier: MIT
#include "desktop/runs/runedits.h"

#include "desktop/runs/runfixtures.h"
#include "desktop/runs/runview.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

class tst_RunEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aRunThatIsOpenedAgainHasItsEdits();
    void nothingIsLeftWhenThereIsNothingToKeep();
    void saysWhichFileItCannotUse();
    void saysWhenItCannotWrite();
    void saysThatTheRunHasEnded();

private:
    std::unique_ptr<RunView> opened() const;
    QString edits() const { return RunEdits::fileFor(m_run); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_run;
};

void tst_RunEdits::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_run = writeRun(m_folder->path(), 20, u"kept"_s);
}

std::unique_ptr<RunView> tst_RunEdits::opened() const
{
    Result<OpenedRun> run = openRun(m_run, [](double) {}, {});
    return run ? std::make_unique<RunView>(*std::move(run)) : nullptr;
}

void tst_RunEdits::aRunThatIsOpenedAgainHasItsEdits()
{
    std::unique_ptr<RunView> view = opened();
    view->timeline().setFilter(u"outcome:failed"_s);
    QTest::keyClick(&view->timeline(), Qt::Key_B);
    QTest::keyClick(&view->timeline(), Qt::Key_3);

    view.reset();
    QVERIFY(QFile::exists(edits()));
    view = opened();

    QCOMPARE(view->timeline().scene().filter().text(), u"outcome:failed"_s);
    QVERIFY(view->timeline().scene().saved().bookmarks[3]);
}

void tst_RunEdits::nothingIsLeftWhenThereIsNothingToKeep()
{
    std::unique_ptr<RunView> view = opened();
    view->timeline().setFilter(u"outcome:failed"_s);
    QTRY_VERIFY(QFile::exists(edits())); // without being closed

    view->timeline().setFilter({});

    QTRY_VERIFY(!QFile::exists(edits()));
}

void tst_RunEdits::saysWhichFileItCannotUse()
{
    QFile file(edits());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    const std::unique_ptr<RunView> view = opened();
    RunEdits again(m_run, view->timeline());

    const QString problem = again.restore();

    QVERIFY(problem.contains(edits()));
    QVERIFY(QFile::exists(edits()));
}

void tst_RunEdits::saysWhenItCannotWrite()
{
    const std::unique_ptr<RunView> view = opened();
    RunEdits lost(m_folder->filePath(u"no/such/folder/run.ffrun"_s), view->timeline());
    QSignalSpy troubled(&lost, &RunEdits::troubled);

    view->timeline().setFilter(u"wait>1ms"_s);

    QTRY_COMPARE(troubled.count(), 1);
    QVERIFY(troubled.first().first().toString().contains(u"no/such/folder"_s));
}

void tst_RunEdits::saysThatTheRunHasEnded()
{
    const std::unique_ptr<RunView> view = opened();

    QVERIFY(view->timeline().scene().isEnded());
}

QTEST_MAIN(tst_RunEdits)
#include "tst_runedits.moc"
