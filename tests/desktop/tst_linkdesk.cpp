// SPDX-License-Identifier: MIT
#include "desktop/linkdesk.h"

#include "desktop/mainwindow.h"
#include "desktop/panes/messagearea.h"
#include "desktop/runs/rundesk.h"
#include "desktop/runs/runpage.h"
#include "desktop/runs/runtabs.h"
#include "desktop/runs/runview.h"
#include "desktop/session.h"
#include "desktop/testengine.h"
#include "desktop/timeline/timelinewidget.h"

#include <QApplication>
#include <QClipboard>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LinkDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void copiesTheLinkOfALiveTaskAndGoesThere();
    void opensTheFileOfARunThatEnded();
    void aTaskQueuedBeforeClearIsInTheNewFile();
    void saysSoWhenTheTaskIsUnknown();
    void saysSoWhenTheRunIsUnknown();
    void saysSoWhenItIsNoLink();

private:
    QString copyLink(quint64 emission);
    QString told() { return m_window->findChild<MessageArea *>()->text(u"link"_s); }
    RunPage *page() { return qobject_cast<RunPage *>(m_window->runs().tabs().currentWidget()); }
    RunModel &run() { return m_session->model(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_LinkDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, m_folder->filePath(u"runs"_s));
    m_window->show();
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
    for (int i = 0; i < 3; ++i)
        m_session->emitEvent({u"Echo"_s, {}, 1, 0});
    QTRY_COMPARE(run().spanCount(), size_t(3));
}

void tst_LinkDesk::cleanup()
{
    m_window.reset();
    m_session.reset();
}

/// As the context menu of the timeline does.
QString tst_LinkDesk::copyLink(quint64 emission)
{
    Q_EMIT m_window->findChild<TimelineWidget *>()->linkWanted(TaskId{EmissionId{emission}, 0});
    return QApplication::clipboard()->text();
}

void tst_LinkDesk::copiesTheLinkOfALiveTaskAndGoesThere()
{
    const QString link = copyLink(2);
    QVERIFY2(link.startsWith(u"fanfare://run/"_s) && link.endsWith(u"/span/2"_s), qPrintable(link));

    m_window->openThings({link});

    QCOMPARE(m_window->timeline().selectedTask(), (TaskId{EmissionId{2}, 0}));
    QVERIFY(!page()); // the live run is in front
}

void tst_LinkDesk::opensTheFileOfARunThatEnded()
{
    const QString first = copyLink(3);
    run().clear(); // another file begins, and the tasks are not in the window any more
    m_session->emitEvent({u"Echo"_s, {}, 1, 0});
    QTRY_COMPARE(run().spanCount(), size_t(1));
    const QString second = copyLink(4);

    m_window->openThings({first});

    QVERIFY(first.section(u'/', 3, 3) != second.section(u'/', 3, 3));
    QTRY_VERIFY(page() && page()->view());
    QTRY_COMPARE(page()->view()->timeline().selectedTask(), (TaskId{EmissionId{3}, 0}));
}

/// Also when nothing had told of the task yet: the window was cleared in the same breath.
void tst_LinkDesk::aTaskQueuedBeforeClearIsInTheNewFile()
{
    const QString before = copyLink(3);

    m_session->emitEvent({u"Sleep"_s, {Arguments{{}, {}, {{u"ms"_s, 50}}}}, 1, 0});
    run().clear();
    QTRY_COMPARE(run().spanCount(), size_t(1));
    const QString link = copyLink(4);

    QVERIFY(link.endsWith(u"/span/4"_s));
    QVERIFY2(link.section(u'/', 3, 3) != before.section(u'/', 3, 3), qPrintable(link));
}

void tst_LinkDesk::saysSoWhenTheTaskIsUnknown()
{
    const QString link = copyLink(1).section(u'/', 0, 3);

    m_window->openThings({link + u"/span/77"_s});

    QTRY_VERIFY2(told().contains(u"no task 77"_s), qPrintable(told()));
}

void tst_LinkDesk::saysSoWhenTheRunIsUnknown()
{
    m_window->openThings({u"fanfare://run/deadbeef-0000-4000-8000-000000000000/span/1"_s});

    QTRY_VERIFY(told().contains(u"deadbeef"_s));
    QVERIFY(told().contains(m_folder->path()));
}

void tst_LinkDesk::saysSoWhenItIsNoLink()
{
    m_window->openThings({u"fanfare://walk/1"_s});

    QVERIFY(told().contains(u"fanfare://walk/1"_s));
}

QTEST_MAIN(tst_LinkDesk)
#include "tst_linkdesk.moc"
