// SPDX-License-Identifier: MIT
#include "desktop/palette/palettesources.h"

#include "desktop/actionregistry.h"
#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <fanfare/library/libraryentry.h>

#include <QAction>
#include <QTest>
#include <QWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PaletteSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsWhatCanBeTriggered();
    void emitsAndChoosesEveryEvent();
    void goesToTheNewestTaskOfAHandler();
    void choosesTheEventOfAHandlerThatDidNothing();
    void goesToAnEmissionByNumber();
    void opensTheRunsThatWereKept();
    void comparesTheRunInFrontWithAnother();
    void opensALinkThatWasTyped();
    void offersWhatATimelineCanDo();
    void goesToBookmarksOfTheTimeline();

private:
    static const PaletteItem &find(const QList<PaletteItem> &items, const QString &id);

    std::unique_ptr<RunModel> m_run;
    QStringList m_story;
    PaletteVerbs m_verbs;
};

void tst_PaletteSources::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_story.clear();
    m_verbs = {[this](const QString &event) { m_story.append(u"emit "_s + event); },
               [this](const QString &event) { m_story.append(u"choose "_s + event); },
               [this](TaskId task) { m_story.append(u"reveal %1"_s.arg(number(task.emission))); }};
}

const PaletteItem &tst_PaletteSources::find(const QList<PaletteItem> &items, const QString &id)
{
    static const PaletteItem none{
        .id = {}, .text = {}, .place = {}, .keys = {}, .icon = {}, .run = [] {
            QFAIL("there is no such item");
        }};
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&id](const PaletteItem &item) { return item.id == id; });
    return found == items.end() ? none : *found;
}

void tst_PaletteSources::listsWhatCanBeTriggered()
{
    QWidget window;
    ActionRegistry registry(window);
    QAction *stop = registry.add({.id = u"run.stop"_s,
                                  .menu = ActionMenu::Run,
                                  .text = u"&Stop"_s,
                                  .tip = {},
                                  .keys = {QKeySequence(u"Ctrl+."_s)}});
    registry.add({.id = u"edit.off"_s, .menu = ActionMenu::Edit, .text = u"Off"_s, .tip = {}})
        ->setEnabled(false);
    connect(stop, &QAction::triggered, this, [this] { m_story.append(u"stop"_s); });

    const QList<PaletteItem> items = actionItems(registry);

    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0].text, u"Stop"_s);
    QCOMPARE(items[0].place, u"Run"_s);
    QCOMPARE(items[0].keys, u"Ctrl+."_s);
    items[0].run();
    QCOMPARE(m_story, (QStringList{u"stop"_s}));
}

void tst_PaletteSources::emitsAndChoosesEveryEvent()
{
    const QList<PaletteItem> items = eventItems(*m_run, m_verbs);

    QCOMPARE(items.size(), 8); // four events
    find(items, u"emit:Echo"_s).run();
    find(items, u"choose:Sleep"_s).run();
    QCOMPARE(m_story, (QStringList{u"emit Echo"_s, u"choose Sleep"_s}));
}

void tst_PaletteSources::goesToTheNewestTaskOfAHandler()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 3, 0),
                                     SampleFacts::span(SampleFacts::task(2), 3, 10'000'000),
                                     SampleFacts::span(SampleFacts::task(3), 4, 20'000'000)}));

    find(handlerItems(*m_run, m_verbs), u"handler:basics/sleep"_s).run();

    QCOMPARE(m_story, (QStringList{u"reveal 2"_s}));
}

void tst_PaletteSources::choosesTheEventOfAHandlerThatDidNothing()
{
    find(handlerItems(*m_run, m_verbs), u"handler:checksum/sha256"_s).run();

    QCOMPARE(m_story, (QStringList{u"choose FileAdded"_s}));
}

void tst_PaletteSources::goesToAnEmissionByNumber()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(12), 3, 0)}));

    QVERIFY(!emissionItem(*m_run, m_verbs, u"#13"_s).run);
    QVERIFY(!emissionItem(*m_run, m_verbs, u"emit"_s).run);
    emissionItem(*m_run, m_verbs, u"#12"_s).run();

    QCOMPARE(m_story, (QStringList{u"reveal 12"_s}));
}

void tst_PaletteSources::opensTheRunsThatWereKept()
{
    LibraryEntry run;
    run.file = u"a.ffrun"_s;
    run.path = u"/runs/a.ffrun"_s;
    run.label = u"before"_s;
    run.executor = u"threads"_s;
    run.isEnded = true;
    run.tasks = 12;
    const std::vector<LibraryEntry> many(60, run);

    const QList<PaletteItem> items =
        runItems(many, [this](const QString &path) { m_story.append(path); });
    find(items, u"run:a.ffrun"_s).run();

    QCOMPARE(items.size(), 50);
    QVERIFY(items[0].text.contains(u"before"_s) && items[0].text.contains(u"threads"_s));
    QCOMPARE(items[0].place, u"12 tasks"_s);
    QCOMPARE(m_story, QStringList{u"/runs/a.ffrun"_s});
}

void tst_PaletteSources::comparesTheRunInFrontWithAnother()
{
    LibraryEntry front;
    front.file = u"a.ffrun"_s;
    front.path = u"/runs/a.ffrun"_s;
    LibraryEntry other;
    other.file = u"b.ffrun"_s;
    other.path = u"/runs/b.ffrun"_s;
    const auto compare = [this](const QString &path) { m_story.append(path); };

    const QList<PaletteItem> items = comparisonItems({front, other}, front.path, compare);
    QCOMPARE(items.size(), 1);
    items[0].run();

    QCOMPARE(m_story, QStringList{u"/runs/b.ffrun"_s});
    QVERIFY(comparisonItems({front, other}, {}, compare).isEmpty());
}

void tst_PaletteSources::opensALinkThatWasTyped()
{
    const auto open = [this](const QString &link) { m_story.append(link); };
    const QString link = u"fanfare://run/9f1c2d3e-0000/span/12"_s;

    const PaletteItem item = linkItem(link, open);
    const PaletteItem unfinished = linkItem(u"fanfare://ru"_s, open);
    item.run();

    QCOMPARE(item.text, u"Go to emission #12 of run 9f1c2d3e"_s);
    QVERIFY(unfinished.text.contains(u"fanfare://run/"_s));
    QCOMPARE(m_story, QStringList{link});
}

void tst_PaletteSources::offersWhatATimelineCanDo()
{
    TimelineWidget timeline(*m_run);
    const QList<PaletteItem> items = timelineItems(timeline);
    QCOMPARE(items.size(), timeline.actions().size());
    const auto freeze =
        std::ranges::find(items, u"Freeze the picture, go on"_s, &PaletteItem::text);
    QVERIFY(freeze != items.end());
    QCOMPARE(freeze->keys, u"Space"_s);

    freeze->run();

    QVERIFY(timeline.scene().isFrozen());
}

void tst_PaletteSources::goesToBookmarksOfTheTimeline()
{
    TimelineWidget timeline(*m_run);
    timeline.resize(1'000, 300);
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 4, 1'000'000'000),
                                     SampleFacts::span(SampleFacts::task(2), 4, 9'000'000'000)}));
    const QList<PaletteItem> none = bookmarkItems(timeline);
    SavedEdits saved;
    saved.bookmarks[3] = ViewHistory::View{3'000'000'000, 500e6, false};
    timeline.restoreEdits(saved);

    const QList<PaletteItem> items = bookmarkItems(timeline);
    find(items, u"bookmark:3"_s).run();

    QVERIFY(none.isEmpty());
    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0].text, u"Go to bookmark 3: 500 ms from 0:02.000 on"_s);
    QCOMPARE(timeline.scene().view().begin, 3'000'000'000);
    QVERIFY(!timeline.isFollowing());
}

QTEST_MAIN(tst_PaletteSources)
#include "tst_palettesources.moc"
