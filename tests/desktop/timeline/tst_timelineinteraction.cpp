// SPDX-License-Identifier: MIT
// Every row of the table of keys and gestures, as events that the widget gets.
#include "desktop/models/runstory.h"
#include "desktop/timeline/laneheader.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <functional>

using namespace Fanfare;

Q_DECLARE_METATYPE(SpanColoring)

class tst_TimelineInteraction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void does_data();
    void does();
    void colorsByWhatAnActionSays_data();
    void colorsByWhatAnActionSays();
    void keepsTheTimeUnderTheMouseWhenItZooms();
    void showsTheCursorOfWhatADragWouldDo();

private:
    /// What somebody does, and whether it has the effect; before it, it must not have.
    struct Row
    {
        const char *name;
        std::function<void()> gesture;
        std::function<bool()> hasEffect;
        std::function<void()> before = [] {};
    };
    std::vector<Row> rows();
    void addViewRows(std::vector<Row> &rows);
    void addMouseRows(std::vector<Row> &rows);
    void addRulerAndHeaderRows(std::vector<Row> &rows);
    void addStepRows(std::vector<Row> &rows);
    void addEditRows(std::vector<Row> &rows);

    const TimelineScene &scene() const { return m_widget->scene(); }
    double length() const { return scene().view().length; }
    double begin() const { return double(scene().view().begin - storyStart) / 1e6; } // ms
    bool selects(quint64 emission) const
    {
        return scene().selected() == TaskId{EmissionId{emission}, 0};
    }
    QPoint pointOf(double milliseconds, int lane = 0) const;
    QPoint rulerAt(double milliseconds) const;
    QPoint header(int lane, int x) const;
    void key(int key, Qt::KeyboardModifiers modifiers = {});
    void hold(Qt::Key key, const std::function<bool()> &reached);
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {});
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
              Qt::MouseButton button = Qt::LeftButton);
    void wheel(QPoint angle, Qt::KeyboardModifiers modifiers = {});
    void addTallLoop();

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineWidget> m_widget;
    std::unique_ptr<QSignalSpy> m_details;
    std::unique_ptr<QSignalSpy> m_filterWanted;
};

// One second on 1,000 pixels: two tasks on thread 1, a failed one on thread 2, one on the loop;
// emission 5 has a task on each thread.
void tst_TimelineInteraction::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 600);
    m_story->span(5, RunStory::thread1, 700, 800);
    m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    m_story->span(5, RunStory::thread2, 850, 900);
    m_story->batch.trace.spans.back().task.index = 1;
    m_story->span(4, RunStory::loop, 0, 1'000);
    m_story->span(6, RunStory::thread2, 950, 990, Outcome::Failed);
    m_story->apply(1'000);
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    const int header = timelineAreas(QSize(1'000, 320)).plot.x();
    m_widget->resize(header + 1'000, 320);
    m_widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
    m_widget->showTimes(at(0), at(1'000));
    m_widget->setFocus();
    m_details = std::make_unique<QSignalSpy>(m_widget.get(), &TimelineWidget::detailsWanted);
    m_filterWanted = std::make_unique<QSignalSpy>(m_widget.get(), &TimelineWidget::filterWanted);
    QTest::mouseMove(m_widget.get(), pointOf(500));
}

/// The point on a lane that was there while the view showed the first second.
QPoint tst_TimelineInteraction::pointOf(double milliseconds, int lane) const
{
    const QRect lanes = timelineAreas(m_widget->size()).lanes;
    return QPoint(lanes.x() + int(milliseconds), lanes.y() + groupHeaderHeight + 32 * lane + 16);
}

QPoint tst_TimelineInteraction::rulerAt(double milliseconds) const
{
    return QPoint(pointOf(milliseconds).x(), timelineAreas(m_widget->size()).ruler.center().y());
}

QPoint tst_TimelineInteraction::header(int lane, int x) const
{
    return QPoint(x, pointOf(0, lane).y());
}

void tst_TimelineInteraction::key(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_widget.get(), Qt::Key(key), modifiers);
}

void tst_TimelineInteraction::hold(Qt::Key key, const std::function<bool()> &reached)
{
    QTest::keyPress(m_widget.get(), key);
    QTRY_VERIFY(reached());
    QTest::keyRelease(m_widget.get(), key);
}

void tst_TimelineInteraction::click(QPoint at, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseClick(m_widget.get(), Qt::LeftButton, modifiers, at);
}

void tst_TimelineInteraction::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers,
                                   Qt::MouseButton button)
{
    const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButton changed,
                          Qt::MouseButtons held) {
        QMouseEvent event(type, at, m_widget->mapToGlobal(at), changed, held, modifiers);
        QCoreApplication::sendEvent(m_widget.get(), &event);
    };
    send(QEvent::MouseButtonPress, from, button, button);
    send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, button);
    send(QEvent::MouseMove, to, Qt::NoButton, button);
    send(QEvent::MouseButtonRelease, to, button, Qt::NoButton);
}

void tst_TimelineInteraction::wheel(QPoint angle, Qt::KeyboardModifiers modifiers)
{
    const QPoint position = pointOf(500);
    QWheelEvent event(position, m_widget->mapToGlobal(position), QPoint(), angle, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_widget.get(), &event);
}

/// So that there is something to scroll to.
void tst_TimelineInteraction::addTallLoop()
{
    for (int i = 0; i < 200; ++i)
        m_story->span(quint64(100 + i), RunStory::loop, 0, 1'000);
    m_story->apply(1'000);
    m_widget->showTimes(at(0), at(1'000));
}

void tst_TimelineInteraction::addViewRows(std::vector<Row> &rows)
{
    const auto isNear = [](double a, double b) {
        return std::abs(a - b) < 1e-3 * (1 + std::abs(b));
    };
    const auto isIn = [=, this] { return isNear(length(), 1e9 / 1.2); };
    const auto isOut = [=, this] { return isNear(length(), 1e9 * 1.2); };
    const auto tall = [this] { addTallLoop(); };
    const auto zoomIn = [this] { m_widget->showTimes(at(300), at(400)); };
    const auto wide = [this] { m_widget->setReach(at(-5'000), at(9'000)); };
    rows.insert(
        rows.end(),
        {{"W zooms in", [=, this] { key(Qt::Key_W); }, [this] { return length() < 0.9e9; }},
         {"+ zooms in", [=, this] { key(Qt::Key_Plus); }, [this] { return length() < 0.9e9; }},
         {"S zooms out", [=, this] { key(Qt::Key_S); }, [this] { return length() > 1.1e9; }, wide},
         {"- zooms out", [=, this] { key(Qt::Key_Minus); }, [this] { return length() > 1.1e9; },
          wide},
         {"Ctrl+wheel up zooms by 1.2",
          [=, this] {
              wheel({0, 120}, Qt::ControlModifier);
          },
          isIn},
         {"Ctrl+wheel down zooms out",
          [=, this] {
              wheel({0, -120}, Qt::ControlModifier);
          },
          isOut, wide},
         {"a pinch zooms",
          [=, this] {
              QNativeGestureEvent pinch(Qt::ZoomNativeGesture,
                                        QPointingDevice::primaryPointingDevice(), 2, pointOf(500),
                                        pointOf(500), pointOf(500), 0.25, {});
              QCoreApplication::sendEvent(m_widget.get(), &pinch);
          },
          [=, this] { return isNear(length(), 0.8e9); }},
         {"W held zooms on and on",
          [=, this] { hold(Qt::Key_W, [this] { return length() < 0.3e9; }); },
          [this] { return length() < 0.3e9; }},
         {"A pans to earlier times", [=, this] { key(Qt::Key_A); },
          [this] { return begin() < -50; }, wide},
         {"D pans to later times", [=, this] { key(Qt::Key_D); }, [this] { return begin() > 50; },
          wide},
         {"Shift+A pans by half a view", [=, this] { key(Qt::Key_A, Qt::ShiftModifier); },
          [=, this] { return isNear(begin(), -500); }, wide},
         {"Shift+D pans by half a view", [=, this] { key(Qt::Key_D, Qt::ShiftModifier); },
          [=, this] { return isNear(begin(), 500); }, wide},
         {"Shift+wheel pans",
          [=, this] {
              wheel({0, -120}, Qt::ShiftModifier);
          },
          [this] { return begin() > 50; }, wide},
         {"a sidewards wheel pans",
          [=, this] {
              wheel({-120, 0});
          },
          [this] { return begin() > 50; }, wide},
         {"the wheel scrolls lanes",
          [=, this] {
              wheel({0, -120});
          },
          [this] { return scene().scrolled() > 0; }, tall},
         {"Down scrolls lanes without a selection", [=, this] { key(Qt::Key_Down); },
          [this] { return scene().scrolled() > 0; }, tall},
         {"PgDown scrolls lanes", [=, this] { key(Qt::Key_PageDown); },
          [this] { return scene().scrolled() > 50; }, tall},
         {"PgUp scrolls back", [=, this] { key(Qt::Key_PageUp); },
          [this] { return scene().scrolled() == 0; },
          [=, this] {
              tall();
              key(Qt::Key_PageDown);
          }},
         {"Home fits the run", [=, this] { key(Qt::Key_Home); },
          [this] { return begin() <= 0 && begin() > -100 && length() > 1e9 && length() < 1.2e9; },
          zoomIn},
         {"0 fits the run", [=, this] { key(Qt::Key_0); },
          [this] { return begin() <= 0 && begin() > -100 && length() > 1e9 && length() < 1.2e9; },
          zoomIn},
         {"End follows", [=, this] { key(Qt::Key_End); }, [this] { return scene().isFollowing(); },
          zoomIn},
         {"Space freezes", [=, this] { key(Qt::Key_Space); },
          [this] { return scene().isFrozen(); }},
         {"Space again goes on", [=, this] { key(Qt::Key_Space); },
          [this] { return !scene().isFrozen(); }, [=, this] { key(Qt::Key_Space); }},
         {"Alt+Left goes to the former view", [=, this] { key(Qt::Key_Left, Qt::AltModifier); },
          [=, this] { return isNear(begin(), 300) && isNear(length(), 1e8); },
          [=, this] {
              zoomIn();
              key(Qt::Key_Home);
          }},
         {"Alt+Right goes forward again", [=, this] { key(Qt::Key_Right, Qt::AltModifier); },
          [this] { return length() > 1e9; },
          [=, this] {
              zoomIn();
              key(Qt::Key_Home);
              key(Qt::Key_Left, Qt::AltModifier);
          }},
         {"F centers the selection", [=, this] { key(Qt::Key_F); },
          [=, this] { return isNear(length(), 1e9) && std::abs(begin()) < 1.5; },
          [=, this] {
              m_widget->setReach(at(-5'000), at(9'000));
              m_widget->showTimes(at(200), at(1'200));
              m_widget->select(TaskId{EmissionId{2}, 0}); // its middle is at 500
          }},
         {"F F fills the view with it",
          [=, this] {
              key(Qt::Key_F);
              key(Qt::Key_F);
          },
          [this] { return begin() < 400 && begin() > 350 && length() < 0.3e9; },
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
          }},
         {"B and a digit, ' and the digit",
          [=, this] {
              key(Qt::Key_Apostrophe);
              key(Qt::Key_3);
          },
          [=, this] { return isNear(begin(), 300) && isNear(length(), 1e8); },
          [=, this] {
              zoomIn();
              key(Qt::Key_B);
              key(Qt::Key_3);
              key(Qt::Key_Home);
          }}});
}

void tst_TimelineInteraction::addMouseRows(std::vector<Row> &rows)
{
    const auto wide = [this] {
        m_widget->setReach(at(-5'000), at(9'000));
        addTallLoop();
    };
    const auto hasPanned = [this] {
        return std::abs(begin() - 100) < 1.5 && scene().scrolled() == 40;
    };
    const auto from = [this] { return pointOf(600, 3); };
    const auto to = [this] { return pointOf(500, 3) - QPoint(0, 40); };
    rows.insert(
        rows.end(),
        {{"a middle drag pans both axes", [=, this] { drag(from(), to(), {}, Qt::MiddleButton); },
          hasPanned, wide},
         {"a Shift+drag pans both axes", [=, this] { drag(from(), to(), Qt::ShiftModifier); },
          hasPanned, wide},
         {"a drag while Space is held pans both axes",
          [=, this] {
              QTest::keyPress(m_widget.get(), Qt::Key_Space);
              drag(from(), to());
              QTest::keyRelease(m_widget.get(), Qt::Key_Space);
          },
          [=, this] { return hasPanned() && !scene().isFrozen(); }, wide},
         {"a click selects", [this] { click(pointOf(450)); }, [this] { return selects(2); }},
         {"a click on nothing clears", [this] { click(pointOf(50)); },
          [this] { return !scene().selected(); }, [this] { click(pointOf(450)); }},
         {"Ctrl+click adds", [this] { click(pointOf(300, 1), Qt::ControlModifier); },
          [this] { return scene().allSelected().size() == 2 && selects(3); },
          [this] { click(pointOf(450)); }},
         {"Ctrl+click removes", [this] { click(pointOf(300, 1), Qt::ControlModifier); },
          [this] { return scene().allSelected().size() == 1 && selects(2); },
          [this] {
              click(pointOf(450));
              click(pointOf(300, 1), Qt::ControlModifier);
          }},
         {"a double click selects and fits",
          [this] { QTest::mouseDClick(m_widget.get(), Qt::LeftButton, {}, pointOf(450)); },
          [this] { return selects(2) && begin() > 300 && begin() < 400 && length() < 0.4e9; }},
         {"a drag marks an area", [this] { drag(pointOf(310), pointOf(630, 1)); },
          [this] {
              const std::optional<TimelineArea> &area = scene().area().area();
              return area && std::abs(area->from - at(310)) < 2e6
                  && std::abs(area->to - at(630)) < 2e6 && area->lanes.size() == 2;
          }},
         {"its edge can be dragged", [this] { drag(pointOf(630), pointOf(660)); },
          [this] {
              const std::optional<TimelineArea> &area = scene().area().area();
              return area && std::abs(area->to - at(660)) < 2e6
                  && std::abs(area->from - at(310)) < 2e6;
          },
          [this] { drag(pointOf(310), pointOf(630, 1)); }},
         {"Alt+drag zooms to a box", [this] { drag(pointOf(310), pointOf(640), Qt::AltModifier); },
          [this] {
              return std::abs(begin() - 310) < 1.5 && std::abs(length() - 0.33e9) < 2e6
                  && !scene().area().area();
          }},
         {"a right click opens the menu about the task",
          [this] {
              QContextMenuEvent event(QContextMenuEvent::Mouse, pointOf(450),
                                      m_widget->mapToGlobal(pointOf(450)));
              QCoreApplication::sendEvent(m_widget.get(), &event);
          },
          [this] {
              const QMenu *menu = m_widget->findChild<QMenu *>();
              return selects(2) && menu && menu->isVisible() && menu->actions().size() > 10;
          }}});
}

void tst_TimelineInteraction::addRulerAndHeaderRows(std::vector<Row> &rows)
{
    const auto markers = [this](std::vector<double> times) {
        std::vector<qint64> found = scene().markers();
        bool isSame = found.size() == times.size();
        for (size_t i = 0; isSame && i < times.size(); ++i)
            isSame = std::abs(found[i] - at(times[i])) < 2'000'000;
        return isSame;
    };
    const auto order = [this] { return scene().lanes().order(); };
    rows.insert(rows.end(),
                {{"a drag in the ruler measures", [this] { drag(rulerAt(330), rulerAt(650)); },
                  [=] {
                      return markers({330, 650});
                  }},
                 {"a click in the ruler sets a marker", [this] { click(rulerAt(330)); },
                  [=] { return markers({330}); }},
                 {"another click sets the second", [this] { click(rulerAt(650)); },
                  [=] {
                      return markers({330, 650});
                  },
                  [this] { click(rulerAt(330)); }},
                 {"a double click takes a marker away",
                  [this] { QTest::mouseDClick(m_widget.get(), Qt::LeftButton, {}, rulerAt(331)); },
                  [=] { return markers({650}); },
                  [this] {
                      click(rulerAt(330));
                      click(rulerAt(650));
                  }},
                 {"a header drag moves the lane", [this] { drag(header(0, 60), header(1, 60)); },
                  [=] {
                      return order() == std::vector<quint32>{1, 0, 2};
                  }},
                 {"P pins the lane under the mouse", [this] { key(Qt::Key_P); },
                  [this] { return scene().arrangement().isPinned(1); },
                  [this] { QTest::mouseMove(m_widget.get(), pointOf(500, 1)); }},
                 {"the pin of a header",
                  [this] {
                      click(headerButton({0, pointOf(0, 1).y() - 16, 148, 32}, 0).center());
                  },
                  [this] { return scene().arrangement().isPinned(1); }},
                 {"the eye of a header",
                  [this] {
                      click(headerButton({0, pointOf(0, 1).y() - 16, 148, 32}, 1).center());
                  },
                  [this] { return scene().arrangement().isHidden(1); }},
                 {"the height of a header",
                  [this] {
                      click(headerButton({0, pointOf(0, 1).y() - 16, 148, 32}, 2).center());
                  },
                  [this] { return scene().arrangement().height(1) != LaneHeight::Medium; }}});
}

void tst_TimelineInteraction::addStepRows(std::vector<Row> &rows)
{
    const auto select = [this](quint64 emission) {
        return [this, emission] { m_widget->select(TaskId{EmissionId{emission}, 0}); };
    };
    const auto sibling = [this] { return scene().selected() == TaskId{EmissionId{5}, 1}; };
    rows.insert(
        rows.end(),
        {{". selects the next task", [this] { key(Qt::Key_Period); }, [this] { return selects(2); },
          select(1)},
         {", selects the one before", [this] { key(Qt::Key_Comma); }, [this] { return selects(1); },
          select(2)},
         {"Right moves the ring", [this] { key(Qt::Key_Right); }, [this] { return selects(2); },
          select(1)},
         {"Left moves the ring", [this] { key(Qt::Key_Left); }, [this] { return selects(1); },
          select(2)},
         {"Right takes the nearest task first", [this] { key(Qt::Key_Right); },
          [this] { return scene().selected().has_value(); }},
         {"Tab goes to the next lane", [this] { key(Qt::Key_Tab); }, [this] { return selects(3); },
          select(1)},
         {"Shift+Tab goes to the lane before", [this] { key(Qt::Key_Backtab, Qt::ShiftModifier); },
          [this] { return selects(1); }, select(3)},
         {"Down goes to the next lane", [this] { key(Qt::Key_Down); },
          [this] { return selects(3); }, select(1)},
         {"Enter asks for the details", [this] { key(Qt::Key_Return); },
          [this] { return m_details->count() == 1; }, select(1)},
         {"N finds the next failure on any lane", [this] { key(Qt::Key_N); },
          [this] { return selects(3); }, select(1)},
         {"Shift+N finds the one before", [this] { key(Qt::Key_N, Qt::ShiftModifier); },
          [this] { return selects(3); }, select(5)},
         {"] follows the flow", [this] { key(Qt::Key_BracketRight); }, sibling, select(5)},
         {"Ctrl+Right follows the flow", [this] { key(Qt::Key_Right, Qt::ControlModifier); },
          sibling, select(5)},
         {"[ follows it back", [this] { key(Qt::Key_BracketLeft); }, [this] { return selects(5); },
          [this] {
              m_widget->select(TaskId{EmissionId{5}, 1});
          }},
         {"Ctrl+Left follows it back", [this] { key(Qt::Key_Left, Qt::ControlModifier); },
          [this] { return selects(5); },
          [this] {
              m_widget->select(TaskId{EmissionId{5}, 1});
          }},
         {"E changes the depth of arrows", [this] { key(Qt::Key_E); },
          [this] { return scene().flow() != FlowDepth::Emission; }}});
}

void tst_TimelineInteraction::addEditRows(std::vector<Row> &rows)
{
    const auto colorsBy = [this](SpanColoring coloring) {
        return [this, coloring] { return scene().coloring() == coloring; };
    };
    const auto heat = [this](int times) {
        return [this, times] {
            for (int i = 0; i < times; ++i)
                key(Qt::Key_H);
        };
    };
    const auto write = [this](const QString &text) {
        QLineEdit *line = nullptr;
        for (QLineEdit *each : m_widget->findChildren<QLineEdit *>())
            line = each->isVisible() ? each : line;
        QVERIFY(line);
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    };
    const auto note = [=, this] {
        key(Qt::Key_M);
        write(QStringLiteral("odd"));
    };
    const auto isFilter = [this](const char *text) {
        return [this, text] { return scene().filter().text() == QLatin1StringView(text); };
    };
    rows.insert(
        rows.end(),
        {{"M writes a note at the mouse", note,
          [this] {
              const auto &all = scene().notes().all();
              return all.size() == 1 && std::abs(all[0].from - at(500)) < 2e6;
          }},
         {"Shift+M writes one about a range",
          [=, this] {
              key(Qt::Key_M, Qt::ShiftModifier);
              write(QStringLiteral("slow"));
          },
          [this] {
              const auto &all = scene().notes().all();
              return all.size() == 1 && all[0].from == at(400) && all[0].to == at(600);
          },
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
          }},
         {"Del deletes the note", [this] { key(Qt::Key_Delete); },
          [this] { return scene().notes().all().empty(); }, note},
         {"R makes an area of the selection", [this] { key(Qt::Key_R); },
          [this] {
              const std::optional<TimelineArea> &area = scene().area().area();
              return area && area->from == at(400) && area->to == at(600);
          },
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
          }},
         {"X excludes the handler", [this] { key(Qt::Key_X); }, isFilter("-handler:\"sync\""),
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
          }},
         {"Shift+X asks for it only", [this] { key(Qt::Key_X, Qt::ShiftModifier); },
          isFilter("handler:\"sync\""),
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
          }},
         {"Ctrl+0 clears the filters", [this] { key(Qt::Key_0, Qt::ControlModifier); },
          isFilter(""), [this] { m_widget->setFilter(QStringLiteral("outcome:failed")); }},
         {"I collapses idle time", [this] { key(Qt::Key_I); },
          [this] { return scene().collapsesIdle(); }},
         {"H shows waits as heat", heat(1), colorsBy(SpanColoring::Wait)},
         {"H H shows durations", heat(2), colorsBy(SpanColoring::Duration)},
         {"H H H shows none again", heat(1), colorsBy(SpanColoring::Handler), heat(2)},
         {"/ asks for a filter", [this] { key(Qt::Key_Slash); },
          [this] { return m_filterWanted->count() == 1; }},
         {"Ctrl+F asks for a filter", [this] { key(Qt::Key_F, Qt::ControlModifier); },
          [this] { return m_filterWanted->count() == 1; }},
         {"Ctrl+Z undoes", [this] { key(Qt::Key_Z, Qt::ControlModifier); },
          [this] { return scene().notes().all().empty(); }, note},
         {"Ctrl+Shift+Z does it again",
          [this] { key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); },
          [this] { return scene().notes().all().size() == 1; },
          [=, this] {
              note();
              key(Qt::Key_Z, Qt::ControlModifier);
          }},
         {"Esc drops the selection first", [this] { key(Qt::Key_Escape); },
          [this] { return !scene().selected() && scene().area().area(); },
          [this] {
              m_widget->select(TaskId{EmissionId{2}, 0});
              key(Qt::Key_R);
          }}});
}

std::vector<tst_TimelineInteraction::Row> tst_TimelineInteraction::rows()
{
    std::vector<Row> all;
    addViewRows(all);
    addMouseRows(all);
    addRulerAndHeaderRows(all);
    addStepRows(all);
    addEditRows(all);
    return all;
}

void tst_TimelineInteraction::does_data()
{
    QTest::addColumn<int>("row");

    int index = 0;
    for (const Row &row : rows())
        QTest::newRow(row.name) << index++;
}

void tst_TimelineInteraction::does()
{
    QFETCH(int, row);
    const Row now = rows()[size_t(row)];
    now.before();
    QVERIFY(!now.hasEffect());

    now.gesture();

    QVERIFY(now.hasEffect());
}

void tst_TimelineInteraction::colorsByWhatAnActionSays_data()
{
    QTest::addColumn<SpanColoring>("coloring");

    QTest::newRow("Color by handler") << SpanColoring::Handler;
    QTest::newRow("Color by event") << SpanColoring::Event;
    QTest::newRow("Color by plugin") << SpanColoring::Plugin;
    QTest::newRow("Color by worker") << SpanColoring::Worker;
    QTest::newRow("Color by outcome") << SpanColoring::Outcome;
    QTest::newRow("Color by waiting time") << SpanColoring::Wait;
    QTest::newRow("Color by running time") << SpanColoring::Duration;
}

/// All colorings are actions, so that the palette has them; heat goes back to the one before.
void tst_TimelineInteraction::colorsByWhatAnActionSays()
{
    QFETCH(SpanColoring, coloring);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    const QList<QAction *> actions = m_widget->actions();
    const auto action = std::ranges::find(actions, text, &QAction::text);
    QVERIFY(action != actions.end());
    key(Qt::Key_H);
    key(Qt::Key_H);

    (*action)->trigger();
    const SpanColoring chosen = scene().coloring();
    while (scene().coloring() != SpanColoring::Duration)
        key(Qt::Key_H);
    key(Qt::Key_H);

    const bool isHeat = coloring == SpanColoring::Wait || coloring == SpanColoring::Duration;
    QCOMPARE(chosen, coloring);
    QCOMPARE(scene().coloring(), isHeat ? SpanColoring::Handler : coloring);
}

void tst_TimelineInteraction::keepsTheTimeUnderTheMouseWhenItZooms()
{
    const auto timeUnderMouse = [this] { return begin() + 0.5 * length() / 1e6; };
    const double before = timeUnderMouse();

    for (int i = 0; i < 5; ++i)
        wheel({0, 120}, Qt::ControlModifier);

    QVERIFY(std::abs(timeUnderMouse() - before) < 0.5);
}

void tst_TimelineInteraction::showsTheCursorOfWhatADragWouldDo()
{
    const auto shapeAt = [this](QPoint point) {
        QTest::mouseMove(m_widget.get(), point);
        QMouseEvent event(QEvent::MouseMove, point, m_widget->mapToGlobal(point), Qt::NoButton,
                          Qt::NoButton, {});
        QCoreApplication::sendEvent(m_widget.get(), &event);
        return m_widget->cursor().shape();
    };
    drag(pointOf(310), pointOf(630, 1));

    QCOMPARE(shapeAt(pointOf(350)), Qt::ArrowCursor);
    QCOMPARE(shapeAt(pointOf(450)), Qt::PointingHandCursor);
    QCOMPARE(shapeAt(pointOf(630)), Qt::SplitHCursor);
    QTest::mousePress(m_widget.get(), Qt::MiddleButton, {}, pointOf(350));
    QCOMPARE(m_widget->cursor().shape(), Qt::ClosedHandCursor);
    QTest::mouseRelease(m_widget.get(), Qt::MiddleButton, {}, pointOf(350));
}

QTEST_MAIN(tst_TimelineInteraction)
#include "tst_timelineinteraction.moc"
