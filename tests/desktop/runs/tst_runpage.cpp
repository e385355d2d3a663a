// SPDX-License-Identifier: MIT
#include "desktop/runs/runpage.h"

#include "desktop/runs/loadingpage.h"
#include "desktop/runs/runtabs.h"
#include "desktop/runs/runview.h"
#include "desktop/timeline/timelinewidget.h"
#include "runfixtures.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

class tst_RunPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheRunInTheSameTimeline();
    void aBarSaysWhereATornFileEnds();
    void aBarSaysWhichTimesCannotBe();
    void aFileThatIsNoRunStaysAsASentence();
    void cancelClosesTheTab();
    void anOpenRunIsNotOpenedTwice();
    void theLiveTabStays();

private:
    QTemporaryDir m_folder;
};

void tst_RunPage::showsTheRunInTheSameTimeline()
{
    RunTabs tabs(new QWidget);
    tabs.resize(1000, 700);
    tabs.show();
    const QString path = writeRun(m_folder.path(), 20, u"morning"_s);

    RunPage *const page = tabs.openRun(path);

    QTRY_VERIFY(page->view());
    QCOMPARE(tabs.tabText(1), u"morning"_s);
    QCOMPARE(page->view()->damageShown(), QString());
    const TimelineWidget &timeline = page->view()->timeline();
    QTRY_COMPARE(timeline.lanesInView().size(), size_t(1));
    QTRY_VERIFY(!timeline.lanesInView()[0].tasks.empty());
    QVERIFY(!timeline.isFollowing());
    RunModel nothing;
    TimelineWidget live(nothing);
    QCOMPARE(&tabs.timelineInFront(live), &timeline);
    tabs.showLive();
    QCOMPARE(&tabs.timelineInFront(live), &live);
}

void tst_RunPage::aBarSaysWhereATornFileEnds()
{
    QFile torn(writeRun(m_folder.path(), 20, u"torn"_s));
    QVERIFY(torn.resize(torn.size() - 30));

    RunPage page(torn.fileName());

    QTRY_VERIFY(page.view());
    QVERIFY(!page.view()->damageShown().isEmpty());
}

void tst_RunPage::aBarSaysWhichTimesCannotBe()
{
    QFile trace(m_folder.filePath(u"odd.json"_s));
    QVERIFY(trace.open(QIODevice::WriteOnly));
    trace.write(R"([{"ph": "X", "ts": 1, "dur": -800}])");
    trace.close();

    RunPage page(trace.fileName());

    QTRY_VERIFY(page.view());
    QVERIFY(page.view()->damageShown().startsWith(u"1 task of the trace has impossible times"_s));
}

void tst_RunPage::aFileThatIsNoRunStaysAsASentence()
{
    QFile file(m_folder.filePath(u"wrong.ffrun"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nothing of the kind");
    file.close();

    RunPage page(file.fileName());
    QSignalSpy failures(&page, &RunPage::failed);

    QTRY_COMPARE(failures.count(), 1);
    QVERIFY(page.problem().contains(u"wrong.ffrun"_s));
    QVERIFY(!page.view());
}

void tst_RunPage::cancelClosesTheTab()
{
    RunTabs tabs(new QWidget);
    RunPage *const page = tabs.openRun(writeRun(m_folder.path(), 20, u"canceled"_s));
    QPushButton *const cancel = page->findChild<LoadingPage *>()->findChild<QPushButton *>();

    cancel->click();

    QCOMPARE(tabs.count(), 1);
}

void tst_RunPage::anOpenRunIsNotOpenedTwice()
{
    RunTabs tabs(new QWidget);
    const QString path = writeRun(m_folder.path(), 5, u"once"_s);
    RunPage *const first = tabs.openRun(path);
    tabs.showLive();

    RunPage *const second = tabs.openRun(path);

    QCOMPARE(second, first);
    QCOMPARE(tabs.count(), 2);
    QCOMPARE(tabs.currentWidget(), first);
}

void tst_RunPage::theLiveTabStays()
{
    RunTabs tabs(new QWidget);

    Q_EMIT tabs.tabCloseRequested(0);

    QCOMPARE(tabs.count(), 1);
}

QTEST_MAIN(tst_RunPage)
#include "tst_runpage.moc"
