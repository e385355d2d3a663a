// SPDX-License-Identifier: MIT
#include "desktop/lastsession.h"

#include "desktop/actionregistry.h"
#include "desktop/mainwindow.h"
#include "desktop/panes/messagearea.h"
#include "desktop/runs/rundesk.h"
#include "desktop/runs/runpage.h"
#include "desktop/runs/runtabs.h"
#include "desktop/runs/runview.h"
#include "desktop/session.h"
#include "desktop/testengine.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAction>
#include <QDir>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LastSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bringsTheRunsBackWithTheTimesInView();
    void saysWhichFileIsGone();
    void thereIsNothingBeforeTheFirstOne();

private:
    void openWindow();
    void closeWindow();
    void makeRun(); ///< a live one, which is kept
    QAction *reopen() { return m_window->registry().find(u"file.reopenSession"_s); }
    QPushButton *button();
    QString keptRun();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_LastSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    openWindow();
}

void tst_LastSession::cleanup()
{
    closeWindow();
}

void tst_LastSession::openWindow()
{
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, m_folder->filePath(u"runs"_s));
    m_window->show();
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
}

void tst_LastSession::closeWindow()
{
    if (m_window)
        m_window->close();
    m_window.reset();
    m_session.reset();
}

void tst_LastSession::makeRun()
{
    QSignalSpy begun(m_window->runs().keeper(), &RunKeeper::begun);
    m_session->emitEvent({u"Echo"_s, {}, 20, 0});
    QTRY_COMPARE(m_session->model().spanCount(), size_t(20));
    QTRY_COMPARE(begun.count(), 1);
}

/// That of the start page.
QPushButton *tst_LastSession::button()
{
    for (QPushButton *each : m_window->findChildren<QPushButton *>()) {
        if (each->text() == u"Reopen last session"_s)
            return each;
    }
    return nullptr;
}

/// The path of the one run that is kept.
QString tst_LastSession::keptRun()
{
    const QDir folder(m_folder->filePath(u"runs"_s));
    return folder.filePath(folder.entryList({u"*.ffrun"_s}).value(0));
}

void tst_LastSession::bringsTheRunsBackWithTheTimesInView()
{
    makeRun();
    const qint64 start = m_session->model().startTime();
    m_window->findChild<TimelineWidget *>()->showTimes(start, start + 1'000'000);
    closeWindow();
    openWindow();
    QVERIFY(reopen()->isEnabled());
    QVERIFY(button() && button()->isVisible());

    button()->click();

    const RunTabs &tabs = m_window->runs().tabs();
    auto page = qobject_cast<RunPage *>(tabs.currentWidget());
    QVERIFY(page);
    QCOMPARE(page->path(), keptRun());
    QTRY_VERIFY(page->view());
    const TimelineScene &scene = page->view()->timeline().scene();
    QTRY_COMPARE(scene.view().begin, start);
    QVERIFY(qAbs(scene.viewEnd() - start - 1'000'000) < 10'000);
}

void tst_LastSession::saysWhichFileIsGone()
{
    makeRun();
    closeWindow();
    const QString path = keptRun();
    QVERIFY(QFile::remove(path));
    openWindow();

    reopen()->trigger();

    const QString told = m_window->findChild<MessageArea *>()->text(u"last session"_s);
    QVERIFY2(told.contains(QFileInfo(path).fileName()), qPrintable(told));
    QCOMPARE(m_window->runs().tabs().count(), 1);
}

void tst_LastSession::thereIsNothingBeforeTheFirstOne()
{
    QVERIFY(!reopen()->isEnabled());
    QVERIFY(button()->isHidden());
}

QTEST_MAIN(tst_LastSession)
#include "tst_lastsession.moc"
