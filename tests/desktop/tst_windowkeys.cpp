// SPDX-License-Identifier: MIT
// The keys of the window, as events that it gets while the timeline has the focus.
#include "desktop/mainwindow.h"
#include "desktop/models/runstory.h"
#include "desktop/session.h"
#include "desktop/testengine.h"
#include "desktop/timeline/savededits.h"
#include "desktop/timeline/timelinewidget.h"
#include "desktop/undostep.h"

#include "desktop/palette/commandpalette.h"
#include "desktop/panes/shortcutsheet.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

#include <algorithm>
#include <functional>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void work_data();
    void work();
    void undoStepsOfTheWindow();
    void undoWhatIsOfTheTimelineFirst();
    void undoStepsOfTheWindowOnceTheEditsAreOthers();

private:
    struct Row
    {
        const char *name;
        QKeyCombination keys;
        std::function<bool()> hasEffect;
    };
    std::vector<Row> rows();
    void press(QKeyCombination keys); ///< as the desktop would send it
    TimelineWidget *focusTimeline();
    void count(int &steps); ///< up, as a step of the window
    QDockWidget *dock(const QString &name) { return m_window->findChild<QDockWidget *>(name); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_WindowKeys::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_WindowKeys::cleanup()
{
    m_window.reset();
    m_session.reset();
}

std::vector<tst_WindowKeys::Row> tst_WindowKeys::rows()
{
    const auto paletteSays = [this](const QString &start) {
        const auto *palette = m_window->findChild<CommandPalette *>();
        const auto *line = palette ? palette->findChild<QLineEdit *>() : nullptr;
        return line && line->isVisible() && line->text() == start;
    };
    const auto showsSheet = [] {
        const QWidgetList all = QApplication::topLevelWidgets();
        return std::ranges::any_of(all, [](QWidget *widget) {
            return widget->isVisible()
                && (qobject_cast<ShortcutSheet *>(widget) || widget->findChild<ShortcutSheet *>());
        });
    };
    return {
        {"Ctrl+Shift+P opens the palette", Qt::CTRL | Qt::SHIFT | Qt::Key_P,
         [=] { return paletteSays({}); }},
        {"Ctrl+P goes to a handler", Qt::CTRL | Qt::Key_P, [=] { return paletteSays(u"@"_s); }},
        {"F9 takes the details away", Qt::Key_F9,
         [this] { return dock(u"details"_s)->isHidden(); }},
        {"Ctrl+B takes the panes away", Qt::CTRL | Qt::Key_B,
         [this] { return dock(u"plugins"_s)->isHidden() && dock(u"log"_s)->isHidden(); }},
        {"F11 takes the whole screen", Qt::Key_F11, [this] { return m_window->isFullScreen(); }},
        {"Ctrl+D has no run to compare yet", Qt::CTRL | Qt::Key_D,
         [this] {
             const auto labels = m_window->findChildren<QLabel *>();
             return std::ranges::any_of(labels, [](const QLabel *label) {
                 return label->isVisible() && label->text().contains(u"no run to compare"_s);
             });
         }},
        {"Ctrl+R plays the scenario, in view", Qt::CTRL | Qt::Key_R,
         [this] { return !dock(u"scenarios"_s)->visibleRegion().isEmpty(); }},
        {"F1 shows all keys", Qt::Key_F1, showsSheet},
        {"? shows all keys", Qt::Key_Question, showsSheet},
    };
}

void tst_WindowKeys::work_data()
{
    QTest::addColumn<int>("row");

    int index = 0;
    for (const Row &row : rows())
        QTest::newRow(row.name) << index++;
}

void tst_WindowKeys::work()
{
    QFETCH(int, row);
    const Row now = rows()[size_t(row)];
    QVERIFY(!now.hasEffect());

    QTest::keyClick(m_window.get(), now.keys.key(), now.keys.keyboardModifiers());

    QTRY_VERIFY(now.hasEffect());
}

void tst_WindowKeys::press(QKeyCombination keys)
{
    QTest::keyClick(m_window->windowHandle(), keys.key(), keys.keyboardModifiers());
}

/// There is something in it, else the window shows the start panel.
TimelineWidget *tst_WindowKeys::focusTimeline()
{
    RunStory story(m_session->model());
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    story.apply(1'000);
    auto *timeline = m_window->findChild<TimelineWidget *>();
    timeline->setFocus();
    return timeline;
}

void tst_WindowKeys::count(int &steps)
{
    m_window->undoStack().push(new UndoStep(
        u"count"_s, [&steps] { ++steps; }, [&steps] { --steps; }));
}

void tst_WindowKeys::undoStepsOfTheWindow()
{
    TimelineWidget *timeline = focusTimeline();
    QTRY_VERIFY(timeline->hasFocus());
    int steps = 0;
    count(steps);

    press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(steps, 0);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    QCOMPARE(steps, 1);
    press(Qt::CTRL | Qt::Key_Z);
    press(Qt::CTRL | Qt::Key_Y);
    QCOMPARE(steps, 1);
}

void tst_WindowKeys::undoWhatIsOfTheTimelineFirst()
{
    TimelineWidget *timeline = focusTimeline();
    QTRY_VERIFY(timeline->hasFocus());
    int steps = 0;
    count(steps);
    timeline->setFilter(u"sleep"_s);

    press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(timeline->filterState().text, QString());
    QCOMPARE(steps, 1);
    press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(steps, 0);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_Z); // the timeline's again
    QCOMPARE(timeline->filterState().text, u"sleep"_s);
    QCOMPARE(steps, 0);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    QCOMPARE(steps, 1);
}

/// As when a kept run is opened.
void tst_WindowKeys::undoStepsOfTheWindowOnceTheEditsAreOthers()
{
    TimelineWidget *timeline = focusTimeline();
    QTRY_VERIFY(timeline->hasFocus());
    int steps = 0;
    count(steps);
    timeline->setFilter(u"sleep"_s);

    timeline->restoreEdits(SavedEdits());
    const auto *undo = timeline->findChild<QAction *>(u"timeline.undo"_s);
    QVERIFY(!undo->isEnabled());
    press(Qt::CTRL | Qt::Key_Z);

    QCOMPARE(steps, 0);
    timeline->setFilter(u"echo"_s);
    QVERIFY(undo->isEnabled());
    m_session->model().clear();
    QTRY_VERIFY(!undo->isEnabled());
}

QTEST_MAIN(tst_WindowKeys)
#include "tst_windowkeys.moc"
