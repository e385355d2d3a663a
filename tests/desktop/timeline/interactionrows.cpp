// SPDX-License-Identifier: MIT
// What somebody does, and what comes of it.
#include "interactionfixture.h"

#include "desktop/timeline/laneheader.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QTest>

void InteractionFixture::addViewRows(std::vector<Row> &rows)
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

void InteractionFixture::addMouseRows(std::vector<Row> &rows)
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

void InteractionFixture::addRulerAndHeaderRows(std::vector<Row> &rows)
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

void InteractionFixture::addStepRows(std::vector<Row> &rows)
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

void InteractionFixture::addEditRows(std::vector<Row> &rows)
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
