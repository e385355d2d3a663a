// SPDX-License-Identifier: MIT
#include "desktop/layoutchoice.h"

#include "desktop/actionregistry.h"
#include "desktop/windowlayout.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LayoutChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void presentationHidesAllPanes();
    void analysisKeepsDetailsAndLog();
    void comparisonKeepsScenariosAndRuns();
    void sidePanesGoAndComeBackAsTheyWere();
    void theWindowTakesTheWholeScreenAndGivesItBack();
    void ownLayoutsComeBackByName();
    void forgettingCanBeUndone();

private:
    QDockWidget *dock(const QString &name) { return m_window->findChild<QDockWidget *>(name); }
    void trigger(const QString &id);

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<QMainWindow> m_window;
    std::unique_ptr<WindowLayout> m_layout;
    ActionRegistry *m_registry = nullptr;
    LayoutChoice *m_choice = nullptr;
};

void tst_LayoutChoice::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_undo = std::make_unique<QUndoStack>();
    m_window = std::make_unique<QMainWindow>();
    for (const QString &name :
         {u"plugins"_s, u"emit"_s, u"details"_s, u"log"_s, u"scenarios"_s, u"runs"_s}) {
        auto dock = new QDockWidget(name, m_window.get());
        dock->setObjectName(name);
        m_window->addDockWidget(Qt::LeftDockWidgetArea, dock);
    }
    m_window->show();
    m_registry = new ActionRegistry(*m_window);
    m_layout = std::make_unique<WindowLayout>(*m_window, *m_settings);
    m_choice = new LayoutChoice(*m_window, *m_layout, *m_registry, *m_undo);
}

void tst_LayoutChoice::cleanup()
{
    m_window.reset();
}

void tst_LayoutChoice::trigger(const QString &id)
{
    QAction *action = m_registry->find(id);
    QVERIFY2(action, qPrintable(id));
    action->trigger();
}

void tst_LayoutChoice::presentationHidesAllPanes()
{
    trigger(u"view.layout.presentation"_s);
    for (const QDockWidget *each : m_window->findChildren<QDockWidget *>())
        QVERIFY2(each->isHidden(), qPrintable(each->objectName()));

    trigger(u"view.layout.reset"_s);
    QVERIFY(!dock(u"log"_s)->isHidden());
}

void tst_LayoutChoice::analysisKeepsDetailsAndLog()
{
    trigger(u"view.layout.analysis"_s);

    QVERIFY(dock(u"plugins"_s)->isHidden());
    QVERIFY(dock(u"emit"_s)->isHidden());
    QVERIFY(!dock(u"details"_s)->isHidden());
    QVERIFY(!dock(u"log"_s)->isHidden());
}

void tst_LayoutChoice::comparisonKeepsScenariosAndRuns()
{
    trigger(u"view.layout.comparison"_s);

    for (const QString &name : {u"plugins"_s, u"emit"_s, u"details"_s, u"log"_s})
        QVERIFY2(dock(name)->isHidden(), qPrintable(name));
    QVERIFY(!dock(u"scenarios"_s)->isHidden());
    QVERIFY(!dock(u"runs"_s)->isHidden());
}

void tst_LayoutChoice::sidePanesGoAndComeBackAsTheyWere()
{
    dock(u"emit"_s)->hide();

    trigger(u"view.sidePanes"_s);
    for (const QDockWidget *each : m_window->findChildren<QDockWidget *>())
        QVERIFY2(each->isHidden(), qPrintable(each->objectName()));
    trigger(u"view.sidePanes"_s);

    QVERIFY(!dock(u"log"_s)->isHidden());
    QVERIFY(!dock(u"details"_s)->isHidden());
    QVERIFY(dock(u"emit"_s)->isHidden());
    QCOMPARE(m_registry->find(u"view.sidePanes"_s)->shortcut(), QKeySequence(u"Ctrl+B"_s));
}

void tst_LayoutChoice::theWindowTakesTheWholeScreenAndGivesItBack()
{
    trigger(u"view.fullScreen"_s);
    const bool isFull = m_window->isFullScreen();
    trigger(u"view.fullScreen"_s);

    QVERIFY(isFull);
    QVERIFY(!m_window->isFullScreen());
    QCOMPARE(m_registry->find(u"view.fullScreen"_s)->shortcut(), QKeySequence(Qt::Key_F11));
}

void tst_LayoutChoice::ownLayoutsComeBackByName()
{
    dock(u"log"_s)->hide();
    m_choice->saveAs(u"no log / mine"_s);
    trigger(u"view.layout.reset"_s);
    QVERIFY(!dock(u"log"_s)->isHidden());

    trigger(u"view.layout.own.no log / mine"_s);

    QVERIFY(dock(u"log"_s)->isHidden());
    QCOMPARE(m_layout->names(), (QStringList{u"no log / mine"_s}));
}

void tst_LayoutChoice::forgettingCanBeUndone()
{
    m_choice->saveAs(u"mine"_s);

    m_choice->forget(u"mine"_s);
    const QStringList after = m_layout->names();
    const QString step = m_undo->undoText();
    m_undo->undo();

    QVERIFY(after.isEmpty());
    QCOMPARE(step, u"forget the layout “mine”"_s);
    QCOMPARE(m_layout->names(), (QStringList{u"mine"_s}));
    QVERIFY(m_registry->find(u"view.layout.own.mine"_s));
}

QTEST_MAIN(tst_LayoutChoice)
#include "tst_layoutchoice.moc"
