// SPDX-License-Identifier: MIT
// The whole window as somebody uses it who sees or points at nothing.
#include "desktop/mainwindow.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include "desktop/palette/commandpalette.h"
#include "desktop/panes/shortcuteditor.h"

#include <QAccessible>
#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everythingThatTakesTheFocusSaysWhatItIs();
    void tabReachesEveryPane();
    void everyActionIsInTheRegistryAndSaysWhatItDoes();
    void noTwoActionsShareTheirKeys();
    void theEditorOfShortcutsHasNamesToo();

private:
    void checkNames(const QWidget &window);

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_WindowAccess::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QSignalSpy ready(m_session.get(), &Session::engineReady);
    m_session->startEngine();
    QTRY_COMPARE(ready.count(), 1);
}

void tst_WindowAccess::cleanup()
{
    m_window.reset();
    m_session.reset();
}

/// What a screen reader says of a widget: its name, else its value.
static QString spokenOf(QWidget &widget)
{
    const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&widget);
    if (!access || !access->isValid())
        return {};
    const QString name = access->text(QAccessible::Name);
    return name.isEmpty() ? access->text(QAccessible::Value) : name;
}

/// A part of another widget that speaks for it, such as the line inside of a spin box.
static bool belongsToAnother(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return widget.focusProxy() || (parent && parent->focusProxy() == &widget)
        || widget.objectName().startsWith(u"qt_"_s);
}

void tst_WindowAccess::checkNames(const QWidget &window)
{
    int checked = 0;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const bool takesFocus = widget->focusPolicy() & Qt::TabFocus;
        const QByteArray type = widget->metaObject()->className();
        if (widget->window() != &window || !takesFocus || belongsToAnother(*widget)
            || type == "QScrollArea")
            continue;
        ++checked;
        const QString where = QString::fromLatin1(type) + u" in "_s
            + QString::fromLatin1(widget->parentWidget()->metaObject()->className());
        QVERIFY2(!spokenOf(*widget).isEmpty(), qPrintable(where));
    }
    QVERIFY(checked > 3);
}

void tst_WindowAccess::everythingThatTakesTheFocusSaysWhatItIs()
{
    checkNames(*m_window);
}

void tst_WindowAccess::tabReachesEveryPane()
{
    m_window->findChild<QWidget *>(u"emit"_s)->setFocus();
    QSet<QString> reached;

    QWidget *widget = m_window.get();
    for (int step = 0; step < 500; ++step) {
        widget = widget->nextInFocusChain();
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisibleTo(m_window.get()))
            continue;
        for (const QWidget *above = widget; above; above = above->parentWidget()) {
            if (above->metaObject()->className() == QByteArray("QDockWidget"))
                reached.insert(above->objectName());
        }
        if (widget == m_window.get())
            break;
    }

    // The details have nothing to go to until a task is selected.
    for (const QString &pane : {u"plugins"_s, u"emit"_s, u"history"_s, u"log"_s})
        QVERIFY2(reached.contains(pane), qPrintable(pane));
}

void tst_WindowAccess::everyActionIsInTheRegistryAndSaysWhatItDoes()
{
    const QList<QAction *> registered = m_window->registry().actions();
    for (QAction *action : m_window->actions())
        QVERIFY2(registered.contains(action), qPrintable(action->text()));
    for (QAction *action : registered) {
        const QString id = m_window->registry().idOf(*action);
        QVERIFY2(!action->isVisible() || !action->text().isEmpty(), qPrintable(id));
    }
    for (QAction *menu : m_window->menuBar()->actions()) {
        for (QAction *action : menu->menu()->actions()) {
            const bool isKnown =
                action->menu() || action->isSeparator() || registered.contains(action);
            QVERIFY2(isKnown, qPrintable(action->text()));
        }
    }
}

void tst_WindowAccess::noTwoActionsShareTheirKeys()
{
    QSet<QKeySequence> taken;
    for (const QAction *action : m_window->registry().actions()) {
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(!taken.contains(keys), qPrintable(action->text() + keys.toString()));
            taken.insert(keys);
        }
    }
    QVERIFY(taken.contains(QKeySequence(u"Ctrl+K"_s)));
}

void tst_WindowAccess::theEditorOfShortcutsHasNamesToo()
{
    m_window->registry().find(u"help.editShortcuts"_s)->trigger();
    const auto editor = m_window->findChild<ShortcutEditor *>();
    QVERIFY(editor);

    checkNames(*editor);
}

QTEST_MAIN(tst_WindowAccess)
#include "tst_windowaccess.moc"
