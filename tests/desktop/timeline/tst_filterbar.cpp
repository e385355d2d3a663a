// SPDX-License-Identifier: MIT
#include "desktop/timeline/filterbar.h"

#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinewidget.h"

#include <QLabel>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_FilterBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowManyMatch_data();
    void tellsHowManyMatch();
};

void tst_FilterBar::tellsHowManyMatch_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("said");

    QTest::newRow("none") << u"handler:nobody"_s << u"0 matches"_s;
    QTest::newRow("one") << u"outcome:failed"_s << u"1 match"_s;
    QTest::newRow("two") << u"outcome:succeeded"_s << u"2 matches"_s;
}

void tst_FilterBar::tellsHowManyMatch()
{
    QFETCH(QString, filter);
    QFETCH(QString, said);
    RunModel model;
    RunStory story(model);
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    story.span(2, RunStory::thread1, 400, 900);
    story.span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    story.apply(1'000);
    TimelineWidget timeline(model);
    timeline.show(); // counts while it is seen
    FilterBar bar(timeline);

    timeline.setFilter(filter);

    const QList<QLabel *> labels = bar.findChildren<QLabel *>();
    QTRY_VERIFY(
        std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == said; }));
}

QTEST_MAIN(tst_FilterBar)
#include "tst_filterbar.moc"
