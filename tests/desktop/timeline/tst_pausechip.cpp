// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelineoverlay.h"
#include "desktop/timeline/timelinescene.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// The chip of a view that does not follow: how many tasks are new since.
class tst_PauseChip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsWhatIsNewWhilePaused();
    void countsWhatIsNewWhileFrozen();
    void tellsTheCount();

private:
    void addTask();

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
    quint64 m_last = 0;
};

void tst_PauseChip::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_scene = std::make_unique<TimelineScene>(*m_model);
    m_scene->resize(QSize(1'000, 300), 1);
    m_last = 0;
    addTask();
}

void tst_PauseChip::addTask()
{
    ++m_last;
    m_story->span(m_last, RunStory::thread1, 100.0 * double(m_last), 100.0 * double(m_last) + 50);
    m_story->apply(100.0 * double(m_last) + 60);
    m_scene->takeChanges();
}

void tst_PauseChip::countsWhatIsNewWhilePaused()
{
    m_scene->setFollowing(false);
    const quint64 atFirst = m_scene->newSpans();
    addTask();
    addTask();
    const quint64 later = m_scene->newSpans();
    m_scene->setFollowing(true);
    addTask();
    m_scene->setFollowing(false);

    QCOMPARE(atFirst, 0U);
    QCOMPARE(later, 2U);
    QCOMPARE(m_scene->newSpans(), 0U); // counts from the pause of the moment
}

void tst_PauseChip::countsWhatIsNewWhileFrozen()
{
    m_scene->run(TimelineCommand::Freeze);
    addTask();
    addTask();
    addTask();

    QVERIFY(m_scene->isFrozen());
    QCOMPARE(m_scene->newSpans(), 3U);
}

void tst_PauseChip::tellsTheCount()
{
    TimelineOverlay::State state;
    state.isFollowing = false;
    const QString none = TimelineOverlay::chipText(state);
    state.newSpans = 12'431;
    const QString paused = TimelineOverlay::chipText(state);
    state.isFrozen = true;
    const QString frozen = TimelineOverlay::chipText(state);

    const QString count = QLocale().toString(12'431);
    QVERIFY(!none.contains(u"new"_s));
    QVERIFY(paused.startsWith(u"Paused"_s) && paused.contains(count + u" new"_s));
    QVERIFY(frozen.startsWith(u"Frozen"_s) && frozen.contains(count + u" new"_s));
}

QTEST_MAIN(tst_PauseChip)
#include "tst_pausechip.moc"
