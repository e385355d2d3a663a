// SPDX-License-Identifier: MIT
// What the headers of a cluster's workers say under the mouse.
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinewidget.h"

#include <fanfare/base/clock.h>

#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_HostTooltip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsTheHostOfAWorker();
    void tellsTheHostOfAGroup();
    void saysThatAHostIsGone();
    void saysNothingOfWorkersOfThisMachine();

private:
    QString tooltipAt(int y);
    QString tooltipOfGroup() { return tooltipAt(groupHeaderHeight / 2); }
    QString tooltipOfLane() { return tooltipAt(groupHeaderHeight + 16); }
    static ClusterFact cluster();

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<TimelineWidget> m_widget;
};

ClusterFact tst_HostTooltip::cluster()
{
    ClusterFact cluster;
    cluster.broker = u"amqps://app@broker/fanfare"_s;
    cluster.isConnected = true;
    cluster.hosts = {{.label = u"north"_s,
                      .pid = 4711,
                      .slots = 4,
                      .busy = 3,
                      .waiting = 2,
                      .version = u"0.1.0"_s,
                      .lastSeen = MonotonicClock::now(),
                      .clockOffset = 1'200'000,
                      .clockError = 310'000}};
    return cluster;
}

/// Two tasks at once on the first worker, whose header has no room for its host then.
void tst_HostTooltip::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    RunStory story(*m_model);
    story.startEngine();
    story.batch.trace.lanes = {{RunStory::thread1, LaneKind::Process, u"north worker 1"_s, 0},
                               {RunStory::thread2, LaneKind::Process, u"north worker 2"_s, 0}};
    story.span(1, RunStory::thread1, 100, 300);
    story.span(2, RunStory::thread1, 200, 900);
    story.span(3, RunStory::thread2, 200, 500);
    story.apply(1000);
    m_model->setCluster(cluster());
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    m_widget->resize(1000, 300);
    m_widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
    m_widget->zoomBy(10);
}

QString tst_HostTooltip::tooltipAt(int y)
{
    const QRect headers = timelineAreas(m_widget->size()).headers;
    const QPoint position(headers.x() + 20, headers.y() + y);
    QHelpEvent event(QEvent::ToolTip, position, m_widget->mapToGlobal(position));
    QCoreApplication::sendEvent(m_widget.get(), &event);
    return QToolTip::text();
}

void tst_HostTooltip::tellsTheHostOfAWorker()
{
    const QString text = tooltipOfLane();

    for (const QString &part :
         {u"<b>north worker 1</b>"_s, u"<td>north</td>"_s, u"pid 4711, Fanfare 0.1.0"_s,
          u"3 of 4 busy"_s, u"<td>2</td>"_s, u"1.20 ms ahead, ±310 µs"_s, u"<td>now</td>"_s})
        QVERIFY2(text.contains(part), qPrintable(part + u" is not in "_s + text));
}

void tst_HostTooltip::tellsTheHostOfAGroup()
{
    const QString text = tooltipOfGroup();

    QVERIFY2(text.contains(u"<b>north</b>"_s), qPrintable(text));
    QVERIFY2(text.contains(u"3 of 4 busy"_s), qPrintable(text));
}

void tst_HostTooltip::saysThatAHostIsGone()
{
    ClusterFact without = cluster();
    without.hosts.clear();
    m_model->setCluster(without);

    QVERIFY(tooltipOfLane().contains(u"gone"_s));
}

void tst_HostTooltip::saysNothingOfWorkersOfThisMachine()
{
    m_model->setCluster({});

    QCOMPARE(tooltipOfLane(), QString());
}

QTEST_MAIN(tst_HostTooltip)
#include "tst_hosttooltip.moc"
