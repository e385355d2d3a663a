// SPDX-License-Identifier: MIT
// The keys of the window, as events that it gets while the timeline has the focus.
#include "desktop/mainwindow.h"
#include "desktop/session.h"
#include "desktop/testengine.h"
#include "desktop/timeline/timelinewidget.h"

#include "desktop/palette/commandpalette.h"
#include "desktop/panes/shortcutsheet.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void work_data();
    void work();

private:
    struct Row
    {
        const char *name;
        QKeyCombination keys;
        std::function<bool()> hasEffect;
    };
    std::vector<Row> rows();
    QDockWidget *dock(const QString &name) { return m_window->findChild<QDockWidget *>(name); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void tst_WindowKeys::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_session = std::make_unique<Session>(testEngine());
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_WindowKeys::cleanup()
{
    m_window.reset();
    m_session.reset();
}

std::vector<tst_WindowKeys::Row> tst_WindowKeys::rows()
{
    const auto paletteSays = [this](const QString &start) {
        const auto *palette = m_window->findChild<CommandPalette *>();
        const auto *line = palette ? palette->findChild<QLineEdit *>() : nullptr;
        return line && line->isVisible() && line->text() == start;
    };
    const auto showsSheet = [] {
        const QWidgetList all = QApplication::topLevelWidgets();
        return std::ranges::any_of(all, [](QWidget *widget) {
            return widget->isVisible()
                && (qobject_cast<ShortcutSheet *>(widget) || widget->findChild<ShortcutSheet *>());
        });
    };
    return {
        {"Ctrl+Shift+P opens the palette", Qt::CTRL | Qt::SHIFT | Qt::Key_P,
         [=] { return paletteSays({}); }},
        {"Ctrl+P goes to a handler", Qt::CTRL | Qt::Key_P, [=] { return paletteSays(u"@"_s); }},
        {"F9 takes the details away", Qt::Key_F9,
         [this] { return dock(u"details"_s)->isHidden(); }},
        {"Ctrl+B takes the panes away", Qt::CTRL | Qt::Key_B,
         [this] { return dock(u"plugins"_s)->isHidden() && dock(u"log"_s)->isHidden(); }},
        {"F11 takes the whole screen", Qt::Key_F11, [this] { return m_window->isFullScreen(); }},
        {"Ctrl+D has no run to compare yet", Qt::CTRL | Qt::Key_D,
         [this] {
             const auto labels = m_window->findChildren<QLabel *>();
             return std::ranges::any_of(labels, [](const QLabel *label) {
                 return label->isVisible() && label->text().contains(u"no run to compare"_s);
             });
         }},
        {"Ctrl+R plays the scenario, in view", Qt::CTRL | Qt::Key_R,
         [this] { return !dock(u"scenarios"_s)->visibleRegion().isEmpty(); }},
        {"F1 shows all keys", Qt::Key_F1, showsSheet},
        {"? shows all keys", Qt::Key_Question, showsSheet},
    };
}

void tst_WindowKeys::work_data()
{
    QTest::addColumn<int>("row");

    int index = 0;
    for (const Row &row : rows())
        QTest::newRow(row.name) << index++;
}

void tst_WindowKeys::work()
{
    QFETCH(int, row);
    const Row now = rows()[size_t(row)];
    QVERIFY(!now.hasEffect());

    QTest::keyClick(m_window.get(), now.keys.key(), now.keys.keyboardModifiers());

    QTRY_VERIFY(now.hasEffect());
}

QTEST_MAIN(tst_WindowKeys)
#include "tst_windowkeys.moc"
