// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinekeys.h"

#include "desktop/actionregistry.h"
#include "desktop/models/runstory.h"
#include "desktop/shortcutsettings.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAction>
#include <QKeyEvent>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

using Command = TimelineCommand;

/// The keys of the timeline that the user may choose.
class tst_TimelineKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { setTimelineKeys({}); }
    void whatIsChosenTakesThePlaceOfAllOriginals();
    void anEmptyChoiceTakesTheKeysAway();
    void symbolsAreHeardWithTheirShift();
    void timelinesHearAndTellThem();
    void spaceMayMeanSomethingElse();
    void keysThatAreTakenAreRefusedByName_data();
    void keysThatAreTakenAreRefusedByName();
    void severalKeysInTurnAreRefused();
    void whatItCameWithMayBeShared();
    void resetBringsTheOriginalsBack();
    void areRemembered();

private:
    QKeySequence shownFor(const QString &id) const;

    QTemporaryDir m_folder;
    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<QWidget> m_window;
    TimelineWidget *m_timeline = nullptr;
    ActionRegistry *m_registry = nullptr;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ShortcutSettings> m_shortcuts;
};

static Command heard(const TimelineKeys &keys, int key, Qt::KeyboardModifiers modifiers = {},
                     quint32 scanCode = 0)
{
    return keys.commandFor(QKeyEvent(QEvent::KeyPress, key, modifiers, scanCode, 0, 0));
}

void tst_TimelineKeys::init()
{
    m_window.reset();
    m_model = std::make_unique<RunModel>();
    RunStory story(*m_model);
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    story.apply(1'000);
    m_window = std::make_unique<QWidget>();
    m_timeline = new TimelineWidget(*m_model, m_window.get());
    m_registry = new ActionRegistry(*m_window);
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_registry->add({.id = u"run.stop"_s, .text = u"&Stop"_s, .tip = {}, .keys = {u"F4"_s}});
    m_registry->add({.id = u"edit.undo"_s, .text = u"Undo"_s, .tip = {}, .keys = {u"Ctrl+Z"_s}});
    m_shortcuts = std::make_unique<ShortcutSettings>(*m_registry, *m_settings);
}

QKeySequence tst_TimelineKeys::shownFor(const QString &id) const
{
    return m_timeline->findChild<QAction *>(id)->shortcut();
}

void tst_TimelineKeys::whatIsChosenTakesThePlaceOfAllOriginals()
{
    TimelineKeys keys;

    keys.choose(Command::ZoomIn, QKeySequence(u"Ctrl+J"_s));

    QCOMPARE(heard(keys, Qt::Key_J, Qt::ControlModifier), Command::ZoomIn);
    QCOMPARE(heard(keys, Qt::Key_W), Command::None);
    QCOMPARE(heard(keys, Qt::Key_Z, {}, 25), Command::None); // the place of W
    QCOMPARE(heard(keys, Qt::Key_Plus), Command::None);
    QCOMPARE(heard(keys, Qt::Key_S), Command::ZoomOut);
}

void tst_TimelineKeys::anEmptyChoiceTakesTheKeysAway()
{
    TimelineKeys keys;

    keys.choose(Command::CycleFlow, {});

    QCOMPARE(heard(keys, Qt::Key_E), Command::None);
    keys.choose(Command::CycleHeat, QKeySequence(Qt::Key_E));
    QCOMPARE(heard(keys, Qt::Key_E), Command::CycleHeat);
}

void tst_TimelineKeys::symbolsAreHeardWithTheirShift()
{
    TimelineKeys keys;
    keys.choose(Command::CycleFlow, QKeySequence(u"!"_s));
    keys.choose(Command::CycleHeat, QKeySequence(u"J"_s));

    QCOMPARE(heard(keys, Qt::Key_Exclam, Qt::ShiftModifier), Command::CycleFlow);
    QCOMPARE(heard(keys, Qt::Key_J, Qt::ShiftModifier), Command::None);
}

void tst_TimelineKeys::timelinesHearAndTellThem()
{
    m_window->show();

    QVERIFY(m_shortcuts->setKeys(u"timeline.selectLane"_s, QKeySequence(u"J"_s)));
    QTest::keyClick(m_timeline, Qt::Key_Return, Qt::ShiftModifier);
    const bool hadOriginal = m_timeline->selectedLane().has_value();
    QTest::keyClick(m_timeline, Qt::Key_J);

    QVERIFY(!hadOriginal);
    QVERIFY(m_timeline->selectedLane());
    QCOMPARE(shownFor(u"timeline.selectLane"_s), QKeySequence(u"J"_s));
    const TimelineWidget later(*m_model);
    QCOMPARE(later.findChild<QAction *>(u"timeline.selectLane"_s)->shortcut(),
             QKeySequence(u"J"_s));
}

void tst_TimelineKeys::spaceMayMeanSomethingElse()
{
    m_window->show();
    QVERIFY(m_shortcuts->setKeys(u"timeline.freeze"_s, QKeySequence(u"J"_s)));
    QVERIFY(m_shortcuts->setKeys(u"timeline.selectLane"_s, QKeySequence(u"Space"_s)));

    QTest::keyClick(m_timeline, Qt::Key_Space);
    const bool isFrozen = m_timeline->scene().isFrozen();
    QTest::keyClick(m_timeline, Qt::Key_J);

    QVERIFY(!isFrozen);
    QVERIFY(m_timeline->selectedLane());
    QVERIFY(m_timeline->scene().isFrozen());
}

void tst_TimelineKeys::keysThatAreTakenAreRefusedByName_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("owner");

    QTest::newRow("by the window") << u"timeline.cycleFlow"_s << u"F4"_s << u"“Stop”"_s;
    QTest::newRow("by the timeline")
        << u"timeline.cycleFlow"_s << u"F"_s
        << u"“Center the selection; again: fill the view” of the timeline"_s;
    QTest::newRow("by a further key of the timeline")
        << u"timeline.cycleFlow"_s << u"="_s << u"“Zoom in at the mouse” of the timeline"_s;
    QTest::newRow("by the timeline, for the window")
        << u"run.stop"_s << u"E"_s
        << u"“Arrows of the task: none, its own, all of its emission” of the timeline"_s;
}

void tst_TimelineKeys::keysThatAreTakenAreRefusedByName()
{
    QFETCH(QString, id);
    QFETCH(QString, keys);
    QFETCH(QString, owner);

    const Result<void> changed = m_shortcuts->setKeys(id, QKeySequence(keys));

    QVERIFY(!changed);
    QCOMPARE(changed.error().message,
             u"%1 belongs to %2 already. Take it away there first, or press other keys."_s.arg(
                 keys, owner));
    QVERIFY(m_settings->allKeys().isEmpty());
}

void tst_TimelineKeys::severalKeysInTurnAreRefused()
{
    const Result<void> changed =
        m_shortcuts->setKeys(u"timeline.cycleFlow"_s, QKeySequence(u"J, K"_s));

    QVERIFY(!changed);
    QVERIFY(changed.error().message.startsWith(u"The timeline hears one key at a time"_s));
}

/// Both undo with Ctrl+Z.
void tst_TimelineKeys::whatItCameWithMayBeShared()
{
    for (const QString &id : {u"timeline.undo"_s, u"edit.undo"_s}) {
        QVERIFY(m_shortcuts->setKeys(id, QKeySequence(u"F7"_s)));
        QVERIFY(m_shortcuts->setKeys(id, QKeySequence(u"Ctrl+Z"_s)));
    }

    QVERIFY(!m_shortcuts->setKeys(u"run.stop"_s, QKeySequence(u"Ctrl+Z"_s)));
}

void tst_TimelineKeys::resetBringsTheOriginalsBack()
{
    QVERIFY(m_shortcuts->setKeys(u"timeline.cycleFlow"_s, QKeySequence(u"J"_s)));
    QVERIFY(m_shortcuts->setKeys(u"timeline.cycleHeat"_s, QKeySequence(u"E"_s)));

    m_shortcuts->reset(u"timeline.cycleFlow"_s);
    const bool isShownAsTaken = shownFor(u"timeline.cycleFlow"_s).isEmpty()
        && m_shortcuts->find(u"timeline.cycleFlow"_s).keys.isEmpty();
    m_shortcuts->reset(u"timeline.cycleHeat"_s);

    QVERIFY(isShownAsTaken);
    QCOMPARE(shownFor(u"timeline.cycleFlow"_s), QKeySequence(u"E"_s));
    QCOMPARE(shownFor(u"timeline.cycleHeat"_s), QKeySequence(u"H"_s));
    QVERIFY(m_settings->allKeys().isEmpty());
}

void tst_TimelineKeys::areRemembered()
{
    QVERIFY(m_shortcuts->setKeys(u"timeline.cycleFlow"_s, QKeySequence(u"J"_s)));
    setTimelineKeys({});

    ShortcutSettings(*m_registry, *m_settings).restore();

    QCOMPARE(timelineKeys().commandFor(QKeySequence(u"J"_s)), Command::CycleFlow);
    QCOMPARE(shownFor(u"timeline.cycleFlow"_s), QKeySequence(u"J"_s));
    const QList<Shortcut> all = m_shortcuts->shortcuts();
    const bool isListed = std::ranges::any_of(all, [](const Shortcut &each) {
        return each.id == "timeline.cycleFlow"_L1 && each.place == "Timeline"_L1
            && each.keys == QList{QKeySequence(u"J"_s)};
    });
    QVERIFY(isListed);
}

QTEST_MAIN(tst_TimelineKeys)
#include "tst_timelinekeys.moc"
