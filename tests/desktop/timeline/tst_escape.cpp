// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// Esc goes from inner to outer: each press takes back one thing, and nothing further out.
class tst_Escape final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesBackOneThingAfterTheOther();
    void goesOnWithAFrozenPicture();
    void doesNotGoOnWithARunThatHasEnded();
    void closesWhatIsBeingWrittenFirst();
    void stopsWaitingForADigitFirst();
    void isLeftForOthersInTheEnd();

private:
    bool press();
    const TimelineScene &scene() const { return m_widget->scene(); }
    QStringList shown() const;

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<TimelineWidget> m_widget;
};

static constexpr TaskId first{EmissionId{1}, 0};
static constexpr TaskId second{EmissionId{2}, 0};

void tst_Escape::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    RunStory story(*m_model);
    story.startEngine();
    story.span(1, RunStory::thread1, 100, 300);
    story.span(2, RunStory::thread1, 400, 900);
    story.apply(1'000);
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    m_widget->resize(1'000, 300);
    m_widget->show();
    m_widget->setFocus();
}

/// Returns whether the timeline took the key.
bool tst_Escape::press()
{
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QApplication::sendEvent(m_widget.get(), &event);
    return event.isAccepted();
}

/// What there is to take back, from inner to outer.
QStringList tst_Escape::shown() const
{
    QStringList all;
    if (scene().selected())
        all += u"task"_s;
    if (scene().selectedLane())
        all += u"lane"_s;
    if (scene().area().area())
        all += u"area"_s;
    if (!scene().markers().empty())
        all += u"marker"_s;
    if (!scene().filter().text().isEmpty())
        all += u"filter"_s;
    if (!scene().isFollowing())
        all += u"pause"_s;
    return all;
}

void tst_Escape::takesBackOneThingAfterTheOther()
{
    m_widget->setFilter(u"wait>0ms"_s);
    m_widget->select(first);
    QTest::keyClick(m_widget.get(), Qt::Key_R);
    m_widget->setFollowing(false);
    const QRect ruler = timelineAreas(m_widget->size()).ruler;
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, ruler.center());
    m_widget->select(second);
    QStringList story;

    for (int i = 0; i < 6; ++i) {
        story += shown().join(u' ');
        QCOMPARE(press(), i < 5);
    }

    QCOMPARE(story,
             (QStringList{u"task area marker filter pause"_s, u"area marker filter pause"_s,
                          u"marker filter pause"_s, u"filter pause"_s, u"pause"_s, QString()}));
}

void tst_Escape::goesOnWithAFrozenPicture()
{
    QTest::keyClick(m_widget.get(), Qt::Key_Space);
    const bool wasFrozen = scene().isFrozen();

    QVERIFY(press());

    QVERIFY(wasFrozen);
    QVERIFY(!scene().isFrozen());
    QVERIFY(scene().isFollowing());
}

void tst_Escape::doesNotGoOnWithARunThatHasEnded()
{
    m_widget->setEnded(true);
    m_widget->setFollowing(false);

    QVERIFY(!press());

    QVERIFY(!scene().isFollowing());
}

void tst_Escape::closesWhatIsBeingWrittenFirst()
{
    m_widget->select(first);
    QTest::keyClick(m_widget.get(), Qt::Key_M);
    const auto visible = [this] {
        for (QLineEdit *line : m_widget->findChildren<QLineEdit *>()) {
            if (line->isVisible())
                return line;
        }
        return static_cast<QLineEdit *>(nullptr);
    };
    QVERIFY(visible());

    QTest::keyClick(visible(), Qt::Key_Escape);

    QVERIFY(!visible());
    QVERIFY(scene().notes().all().empty());
    QCOMPARE(shown(), QStringList{u"task"_s});
}

void tst_Escape::stopsWaitingForADigitFirst()
{
    m_widget->select(first);
    QTest::keyClick(m_widget.get(), Qt::Key_B);

    QVERIFY(press());
    const QStringList afterOne = shown();
    QVERIFY(press());

    QCOMPARE(afterOne, QStringList{u"task"_s});
    QVERIFY(shown().isEmpty());
}

/// Else Esc could not stop what the emit pane repeats, or close a dialog.
void tst_Escape::isLeftForOthersInTheEnd()
{
    QVERIFY(shown().isEmpty());

    QVERIFY(!press());
}

QTEST_MAIN(tst_Escape)
#include "tst_escape.moc"
