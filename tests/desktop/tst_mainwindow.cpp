// SPDX-License-Identifier: MIT
#include "desktop/mainwindow.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include "desktop/notices.h"
#include "desktop/palette/commandpalette.h"
#include "desktop/panes/detailspane.h"
#include "desktop/panes/emitpane.h"
#include "desktop/panes/historypane.h"
#include "desktop/panes/logpane.h"
#include "desktop/panes/startpanel.h"
#include "desktop/preferences/preferences.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAbstractButton>
#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void clickingEmitTwiceRunsFourTasks();
    void theStartPanelGivesWayToTheTimeline();
    void aCrashedEngineRestartsWithOneClick();
    void aThrowingHandlerIsJustAFailedSpan();
    void playsTheDemo();
    void everyInputHasAnAccessibleName();
    void thePaletteEmitsAnEvent();
    void clearingTheRunCanBeUndone();
    void whatWasEmittedIsInTheHistory();
    void delInTheHistoryCancelsWhatIsOpenAndForgetsWhatIsNot();
    void favoritesAreEmittedFromTheTimelineByTheirKeys();
    void theSelectedEmissionCanBeCanceled();
    void detailsInAWindowStayOnTheirTask();
    void rulesOfTheLogGoWithThePreferences();
    void anInstalledPluginCanBeTakenOutAgain();

private:
    RunModel &run() { return m_session->model(); }
    MessageArea &messages() { return *m_window->findChild<MessageArea *>(); }
    QPushButton *button(const QString &text);
    void emitEvent(const QString &event);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_MainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
}

void tst_MainWindow::cleanup()
{
    m_window.reset();
    m_session.reset();
}

/// The visible button with \a text, or null.
QPushButton *tst_MainWindow::button(const QString &text)
{
    for (QPushButton *candidate : m_window->findChildren<QPushButton *>()) {
        if (candidate->text() == text && candidate->isVisible())
            return candidate;
    }
    return nullptr;
}

void tst_MainWindow::emitEvent(const QString &event)
{
    m_window->findChild<EmitPane *>()->chooseEvent(event);
    QVERIFY(button(u"Emit"_s));
    QTest::mouseClick(button(u"Emit"_s), Qt::LeftButton);
}

void tst_MainWindow::clickingEmitTwiceRunsFourTasks()
{
    emitEvent(u"StringEvent"_s);
    emitEvent(u"StringEvent"_s);

    QTRY_COMPARE(run().spanCount(), size_t(4));
    for (size_t i = 0; i < 4; ++i)
        QCOMPARE(run().span(i).record.outcome, Outcome::Succeeded);
    QCOMPARE(run().lineCount(), size_t(8)); // two lines of each
}

void tst_MainWindow::theStartPanelGivesWayToTheTimeline()
{
    const auto start = m_window->findChild<StartPanel *>();
    const auto timeline = m_window->findChild<TimelineWidget *>();
    QVERIFY(start->isVisible());

    emitEvent(u"Echo"_s);

    QTRY_VERIFY(timeline->isVisible());
    QVERIFY(!start->isVisible());
}

void tst_MainWindow::aCrashedEngineRestartsWithOneClick()
{
    emitEvent(u"ChaosSegfault"_s);

    QTRY_VERIFY(!messages().text(u"engine"_s).isEmpty());
    const QString sentence = messages().text(u"engine"_s);
    QVERIFY2(sentence.contains(u"SIGSEGV"_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(u"chaos"_s) && sentence.contains(u"segfault"_s),
             qPrintable(sentence));
    QCOMPARE(m_session->engineState(), EngineState::Ended);
    QCOMPARE(run().totals().outcomes[size_t(Outcome::Crashed)], quint64(1));

    QTest::mouseClick(button(u"Restart engine"_s), Qt::LeftButton);

    QTRY_COMPARE(m_session->engineState(), EngineState::Ready);
    QVERIFY(messages().text(u"engine"_s).isEmpty());
    emitEvent(u"Echo"_s);
    QTRY_COMPARE(run().totals().outcomes[size_t(Outcome::Succeeded)], quint64(1));
    QCOMPARE(run().totals().outcomes[size_t(Outcome::Crashed)], quint64(1));
}

void tst_MainWindow::aThrowingHandlerIsJustAFailedSpan()
{
    emitEvent(u"ChaosThrow"_s);

    QTRY_COMPARE(run().spanCount(), size_t(1));
    QCOMPARE(run().span(0).record.outcome, Outcome::Failed);
    QCOMPARE(m_session->engineState(), EngineState::Ready);
    Q_EMIT m_window->findChild<TimelineWidget *>()->taskSelected(run().span(0).record.task);
    QVERIFY(m_window->findChild<DetailsPane *>()->plainText().contains(u"asked to throw"_s));
}

void tst_MainWindow::playsTheDemo()
{
    QVERIFY(button(u"Play the demo"_s));

    QTest::mouseClick(button(u"Play the demo"_s), Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(run().totals().running > 0, 3000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy() && run().totals().spans > 50, 30'000);
    QCOMPARE(run().totals().outcomes[size_t(Outcome::Failed)], quint64(1));
    QCOMPARE(run().totals().outcomes[size_t(Outcome::Crashed)], quint64(0));
}

void tst_MainWindow::everyInputHasAnAccessibleName()
{
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (widget->window() != m_window.get() || !(widget->focusPolicy() & Qt::TabFocus)
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const QByteArray type = widget->metaObject()->className();
        const auto button = qobject_cast<const QAbstractButton *>(widget);
        const bool saysItself = type == "QLabel" || (button && !button->text().isEmpty());
        const bool isInside = widget->focusProxy() || type == "QScrollArea"
            || widget->parentWidget()->focusProxy() == widget;
        if (!saysItself && !isInside)
            QVERIFY2(!widget->accessibleName().isEmpty(), type.constData());
    }
}

void tst_MainWindow::thePaletteEmitsAnEvent()
{
    m_window->registry().find(u"view.palette"_s)->trigger();
    const auto palette = m_window->findChild<CommandPalette *>();
    QVERIFY(palette->isVisible());
    const auto line = palette->findChild<QLineEdit *>();

    QTest::keyClicks(line, u"emit echo"_s);
    QTest::keyClick(line, Qt::Key_Return);

    QVERIFY(!palette->isVisible());
    QTRY_COMPARE(run().spanCount(), size_t(1));
    QCOMPARE(run().eventName(EmissionId{1}), u"Echo"_s);
}

void tst_MainWindow::clearingTheRunCanBeUndone()
{
    emitEvent(u"Echo"_s);
    QTRY_COMPARE(run().spanCount(), size_t(1));

    m_window->registry().find(u"edit.clear"_s)->trigger();
    const size_t left = run().spanCount();
    QVERIFY(m_window->findChild<StartPanel *>()->isVisible());
    emitEvent(u"Echo"_s);
    QTRY_COMPARE(run().spanCount(), size_t(1));
    m_window->registry().find(u"edit.undo"_s)->trigger();

    QCOMPARE(left, size_t(0));
    QCOMPARE(run().spanCount(), size_t(2));
    QVERIFY(m_window->findChild<TimelineWidget *>()->isVisible());
}

void tst_MainWindow::whatWasEmittedIsInTheHistory()
{
    emitEvent(u"ChaosThrow"_s);
    emitEvent(u"Echo"_s);
    const EmissionHistory &history = m_window->findChild<HistoryPane *>()->model();
    const auto outcome = [&history](int row) {
        return history.index(row, EmissionHistory::OutcomeColumn).data().toString();
    };

    QTRY_COMPARE(outcome(0), u"✓1"_s);
    QTRY_COMPARE(outcome(1), u"✕1"_s);
    Q_EMIT m_window->findChild<HistoryPane *>()->emissionChosen(EmissionId{1});

    QCOMPARE(m_window->findChild<TimelineWidget *>()->selectedTask(), (TaskId{EmissionId{1}, 0}));
}

static EmitCommand sleep(int milliseconds, quint64 count)
{
    Arguments arguments;
    arguments.fields = {{u"ms"_s, milliseconds}};
    return {u"Sleep"_s, {arguments}, count, 0};
}

void tst_MainWindow::delInTheHistoryCancelsWhatIsOpenAndForgetsWhatIsNot()
{
    m_session->emitEvent(sleep(60'000, 4));
    auto pane = m_window->findChild<HistoryPane *>();
    auto view = pane->findChild<QTreeView *>();
    view->setCurrentIndex(pane->model().index(0, 0));
    view->setFocus();
    QTRY_COMPARE(run().live().running.size(), size_t(2));

    QTest::keyClick(view, Qt::Key_Delete);

    QTRY_COMPARE(pane->model().index(0, EmissionHistory::OutcomeColumn).data().toString(), u"○4"_s);
    QTRY_VERIFY(!m_session->isBusy());
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(pane->model().rowCount(), 0);
}

void tst_MainWindow::favoritesAreEmittedFromTheTimelineByTheirKeys()
{
    emitEvent(u"Echo"_s);
    QTRY_COMPARE(run().spanCount(), size_t(1));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto history = m_window->findChild<HistoryPane *>();
    Q_EMIT history->favoriteWanted({u"Echo"_s, {}, 3, 0});
    Q_EMIT history->favoriteWanted({u"Echo"_s, {}, 5, 0});
    auto timeline = m_window->findChild<TimelineWidget *>();
    timeline->setFocus();

    QTest::keyClick(timeline, Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(run().spanCount(), size_t(6));

    QTest::keyClick(timeline, Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(run().spanCount(), size_t(9));
}

void tst_MainWindow::theSelectedEmissionCanBeCanceled()
{
    m_session->emitEvent(sleep(60'000, 1));
    m_session->emitEvent(sleep(60'000, 1));
    QTRY_COMPARE(run().live().running.size(), size_t(2));
    Q_EMIT m_window->findChild<TimelineWidget *>()->taskSelected(TaskId{EmissionId{2}, 0});

    m_window->registry().find(u"run.cancelEmission"_s)->trigger();

    QTRY_COMPARE(run().totals().outcomes[size_t(Outcome::Canceled)], quint64(1));
    QVERIFY(run().find(TaskId{EmissionId{2}, 0}));
    QVERIFY(run().findOpen(TaskId{EmissionId{1}, 0}));
}

void tst_MainWindow::detailsInAWindowStayOnTheirTask()
{
    emitEvent(u"Echo"_s);
    emitEvent(u"Echo"_s);
    QTRY_COMPARE(run().spanCount(), size_t(2));
    const TaskId first{EmissionId{1}, 0};
    const TaskId second{EmissionId{2}, 0};
    const auto timeline = m_window->findChild<TimelineWidget *>();

    Q_EMIT timeline->taskSelected(first);
    m_window->registry().find(u"view.openDetails"_s)->trigger();
    Q_EMIT timeline->taskSelected(second);

    QList<std::optional<TaskId>> shown;
    for (const DetailsPane *pane : m_window->findChildren<DetailsPane *>())
        shown.append(pane->task());
    QCOMPARE(shown.size(), 2);
    QVERIFY(shown.contains(first) && shown.contains(second));
}

void tst_MainWindow::rulesOfTheLogGoWithThePreferences()
{
    auto &preferences = *m_window->findChild<Preferences *>();
    auto &log = *m_window->findChild<LogPane *>();
    const QList<LogRule> rules{{u"disk"_s, LogLevel::Error, {}, Tint::Red}};
    log.setRules(rules);
    QJsonObject json = preferences.toJson();
    log.setRules({});

    QVERIFY(preferences.takeJson(json));
    const QList<LogRule> taken = log.rules();
    json[u"logRules"_s] = u"none"_s;
    const Result<void> refused = preferences.takeJson(json);

    QCOMPARE(taken, rules);
    QCOMPARE(logRulesFrom(m_settings->value(u"log/rules"_s).toByteArray()), rules);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, u"/logRules has to be a list of rules."_s);
}

void tst_MainWindow::anInstalledPluginCanBeTakenOutAgain()
{
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->path())); // with a trash of its own
    const QString file = m_folder->filePath(u"new.so"_s);
    QVERIFY(QFile::copy(QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/basics.so"), file));

    Q_EMIT m_window->findChild<Notices *>()->pluginsInstalled({{u"It is there."_s, file}});
    const QString step = m_window->undoStack().undoText();
    m_window->registry().find(u"edit.undo"_s)->trigger();

    QCOMPARE(step, u"install new.so"_s);
    QVERIFY(!QFile::exists(file));
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
