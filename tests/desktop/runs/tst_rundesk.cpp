// SPDX-License-Identifier: MIT
#include "desktop/runs/rundesk.h"

#include "desktop/compare/comparepage.h"
#include "desktop/compare/compareview.h"
#include "desktop/mainwindow.h"
#include "desktop/panes/messagearea.h"
#include "desktop/runs/runpage.h"
#include "desktop/runs/runtabs.h"
#include "desktop/runs/runview.h"
#include "desktop/runs/shelfpane.h"
#include "desktop/scenarios/scenariopane.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// The whole way with the real window, engine and plugins: play, record, reopen, compare.
class tst_RunDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aLiveRunIsKeptAndReopened();
    void twoKeptRunsAreCompared();
    void oneClickComparesThreadsAndProcesses();
    void deletedRunsComeBackFromTheBanner();
    void anUnwritableFolderIsABannerAndNoTaskIsLost();

private:
    void openWindow(const QString &runFolder);
    void play(const QString &event, quint64 count);
    QStringList files() const;
    RunTabs &tabs() { return m_window->runs().tabs(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_RunDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
}

void tst_RunDesk::cleanup()
{
    m_window.reset();
    m_session.reset();
}

void tst_RunDesk::openWindow(const QString &runFolder)
{
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, runFolder);
    m_window->show();
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
}

void tst_RunDesk::play(const QString &event, quint64 count)
{
    m_session->emitEvent({event, {}, count, 0});
    QTRY_VERIFY(!m_session->isBusy());
}

QStringList tst_RunDesk::files() const
{
    QStringList paths;
    for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList({u"*.ffrun"_s}))
        paths.append(file.filePath());
    return paths;
}

void tst_RunDesk::aLiveRunIsKeptAndReopened()
{
    openWindow(m_folder->path());
    play(u"Echo"_s, 30);
    m_session->model().clear(); // ends the run
    QTRY_VERIFY(m_window->runs().shelfPane()->model().rowCount() == 1);
    QTRY_VERIFY(m_window->runs().shelfPane()->model().entryAt(0).isEnded);

    m_window->runs().openRuns(files());

    const auto page = qobject_cast<RunPage *>(tabs().currentWidget());
    QVERIFY(page);
    QTRY_VERIFY(page->view());
    QCOMPARE(page->view()->run().model->spanCount(), size_t(30));
    QCOMPARE(page->view()->damageShown(), QString());
    const auto details = m_window->findChild<QDockWidget *>(u"details"_s);
    QVERIFY(details->isHidden()); // it tells of the live run only
    tabs().showLive();
    QVERIFY(!details->isHidden());
}

void tst_RunDesk::twoKeptRunsAreCompared()
{
    openWindow(m_folder->path());
    for (int run = 0; run < 2; ++run) {
        play(u"Echo"_s, 30);
        m_session->model().clear();
    }
    ShelfPane *const shelf = m_window->runs().shelfPane();
    QTRY_COMPARE(shelf->model().rowCount(), 2);
    QTRY_VERIFY(shelf->model().entryAt(0).isEnded && shelf->model().entryAt(1).isEnded);

    ComparePage *const page = m_window->runs().compare({shelf->model().entryAt(1).path},
                                                       {shelf->model().entryAt(0).path});

    QTRY_VERIFY(page->view());
    QVERIFY(!page->view()->compared().verdict.headline.isEmpty());
    QCOMPARE(page->view()->compared().comparison.a->tasks(), quint64(30));
}

void tst_RunDesk::oneClickComparesThreadsAndProcesses()
{
    openWindow(m_folder->path());
    ScenarioPane &scenarios = m_window->runs().scenarioPane();
    scenarios.setText(u"{\"scenario\": 1, \"name\": \"echoes\", \"emissions\": "
                      "[{\"event\": \"Echo\", \"count\": 40}]}"_s);

    scenarios.compare();

    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<ComparePage *>(tabs().currentWidget()), 60'000);
    const auto page = qobject_cast<ComparePage *>(tabs().currentWidget());
    QTRY_VERIFY(page->view());
    const Comparison &comparison = page->view()->compared().comparison;
    QCOMPARE(comparison.a->info.executor, u"threads"_s);
    QCOMPARE(comparison.b->info.executor, u"processes"_s);
    QCOMPARE(comparison.a->tasks(), quint64(80));
    QTRY_COMPARE(m_window->runs().shelfPane()->model().rowCount(), 4);
}

void tst_RunDesk::deletedRunsComeBackFromTheBanner()
{
    openWindow(m_folder->path());
    for (int run = 0; run < 2; ++run) {
        play(u"Echo"_s, 3);
        m_session->model().clear();
    }
    ShelfPane *const shelf = m_window->runs().shelfPane();
    QTRY_COMPARE(shelf->model().rowCount(), 2);
    QTRY_VERIFY(shelf->model().entryAt(0).isEnded && shelf->model().entryAt(1).isEnded);
    const QStringList before = files();
    const auto actions = shelf->findChildren<QAction *>();
    const auto remove = std::ranges::find(actions, u"Delete"_s, &QAction::text);
    QVERIFY(remove != actions.end());

    shelf->findChild<QTableView *>()->selectAll();
    (*remove)->trigger();

    auto messages = m_window->findChild<MessageArea *>();
    QTRY_COMPARE(messages->text(u"deleted runs"_s), u"2 runs were deleted."_s);
    QCOMPARE(files(), QStringList());
    const auto buttons = messages->findChildren<QPushButton *>();
    const auto undo = std::ranges::find(buttons, u"Undo"_s, &QPushButton::text);
    QVERIFY(undo != buttons.end());

    (*undo)->click();

    QTRY_COMPARE(shelf->model().rowCount(), 2);
    QCOMPARE(files(), before);
    QCOMPARE(messages->text(u"deleted runs"_s), QString());
}

void tst_RunDesk::anUnwritableFolderIsABannerAndNoTaskIsLost()
{
    QFile blocker(m_folder->filePath(u"blocker"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    openWindow(m_folder->filePath(u"blocker/runs"_s));

    play(u"Echo"_s, 10);

    auto messages = m_window->findChild<MessageArea *>();
    QTRY_VERIFY(messages->text(u"run file"_s).contains(u"blocker"_s));
    QCOMPARE(m_session->model().totals().outcomes[size_t(Outcome::Succeeded)], quint64(10));
}

QTEST_MAIN(tst_RunDesk)
#include "tst_rundesk.moc"
