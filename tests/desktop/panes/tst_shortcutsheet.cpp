// SPDX-License-Identifier: MIT
#include "desktop/panes/shortcutsheet.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QScrollArea>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ShortcutSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tellsKeysOfActionsAndOfTheTimeline();
    void leavesOutWhatHasNoKeys();
    void whatIsTypedIsFound_data();
    void whatIsTypedIsFound();
    void saysSoWhenNothingIsFound();
    void fitsTheScreenHoweverMuchThereIs();
    void standsInTwoColumns();

private:
    QAction *action(const QString &text, const QKeySequence &keys, Qt::ShortcutContext context);
    void open() { m_sheet = new ShortcutSheet(m_actions, m_timeline, &m_window); }
    QLabel *label(const QString &text) const;
    void type(const QString &text) { QTest::keyClicks(m_sheet->findChild<QLineEdit *>(), text); }

    QWidget m_window;
    QList<QAction *> m_actions;
    QList<QAction *> m_timeline;
    ShortcutSheet *m_sheet = nullptr;
};

QAction *tst_ShortcutSheet::action(const QString &text, const QKeySequence &keys,
                                   Qt::ShortcutContext context)
{
    auto made = new QAction(text, &m_window);
    made->setShortcut(keys);
    made->setShortcutContext(context);
    return made;
}

void tst_ShortcutSheet::init()
{
    m_actions = {action(u"Emit"_s, u"Ctrl+Return"_s, Qt::WindowShortcut),
                 action(u"Enable or disable"_s, u"Space"_s, Qt::WidgetShortcut),
                 action(u"About"_s, {}, Qt::WindowShortcut)};
    m_timeline = {action(u"Zoom in at the mouse"_s, u"W"_s, Qt::WidgetShortcut),
                  action(u"Next failure"_s, u"N"_s, Qt::WidgetShortcut)};
}

void tst_ShortcutSheet::cleanup()
{
    delete m_sheet;
    qDeleteAll(m_window.findChildren<QAction *>());
}

QLabel *tst_ShortcutSheet::label(const QString &text) const
{
    for (QLabel *each : m_sheet->findChildren<QLabel *>()) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

void tst_ShortcutSheet::tellsKeysOfActionsAndOfTheTimeline()
{
    open();

    const QStringList lines = m_sheet->shownLines();
    for (const QString &line :
         {u"Ctrl+Return Emit"_s, u"Space Enable or disable"_s, u"W Zoom in at the mouse"_s,
          u"Drag Mark an area and count what is "
          "in it"_s})
        QVERIFY2(lines.contains(line), qPrintable(line));
}

void tst_ShortcutSheet::leavesOutWhatHasNoKeys()
{
    open();

    QVERIFY(!label(u"About"_s));
}

void tst_ShortcutSheet::whatIsTypedIsFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("lines");

    QTest::newRow("what it does, in any case")
        << u"zOOm in"_s << QStringList{u"W Zoom in at the mouse"_s};
    QTest::newRow("its keys") << u"ctrl+ret"_s << QStringList{u"Ctrl+Return Emit"_s};
}

void tst_ShortcutSheet::whatIsTypedIsFound()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, lines);
    open();

    type(typed);

    QCOMPARE(m_sheet->shownLines(), lines);
    QVERIFY(label(u"Mouse in the timeline"_s)->isHidden());
}

void tst_ShortcutSheet::saysSoWhenNothingIsFound()
{
    open();
    QLabel *nothing = label(u"No key does that. The command palette finds everything else."_s);
    const bool wasHidden = nothing->isHidden();

    type(u"brew coffee"_s);

    QVERIFY(wasHidden);
    QVERIFY(!nothing->isHidden());
    QVERIFY(m_sheet->shownLines().isEmpty());
}

void tst_ShortcutSheet::fitsTheScreenHoweverMuchThereIs()
{
    for (int i = 0; i < 200; ++i)
        m_timeline.append(action(u"Something long that is done %1"_s.arg(i), u"Ctrl+F%1"_s.arg(i),
                                 Qt::WidgetShortcut));
    open();
    m_sheet->show();

    const QSize room = m_sheet->screen()->availableSize();
    QVERIFY(m_sheet->width() < room.width() && m_sheet->height() < room.height());
    QVERIFY(m_sheet->minimumSizeHint().height() < 720);
    QVERIFY(m_sheet->findChild<QScrollArea *>()->widget()->height() > m_sheet->height());
}

void tst_ShortcutSheet::standsInTwoColumns()
{
    open();
    m_sheet->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_sheet));

    const auto placeOf = [this](const QString &heading) {
        return label(heading)->mapTo(m_sheet, QPoint());
    };
    const QPoint everywhere = placeOf(u"Everywhere"_s);
    const QPoint timeline = placeOf(u"Keys in the timeline"_s);
    QCOMPARE(timeline.y(), everywhere.y());
    QVERIFY(timeline.x() > everywhere.x());
    QCOMPARE(placeOf(u"Mouse in the timeline"_s).x(), everywhere.x());
}

QTEST_MAIN(tst_ShortcutSheet)
#include "tst_shortcutsheet.moc"
