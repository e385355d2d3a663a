// SPDX-License-Identifier: MIT
#include "desktop/windowlayout.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restoresWhatWasSaved();
    void ignoresLayoutsOfOtherVersions();
    void resetPutsDocksBack();

private:
    QTemporaryDir m_folder;
};

struct Window : QMainWindow
{
    Window()
    {
        dock.setObjectName(u"dock"_s);
        addDockWidget(Qt::LeftDockWidgetArea, &dock);
    }
    QDockWidget dock;
};

void tst_WindowLayout::restoresWhatWasSaved()
{
    QSettings settings(m_folder.filePath(u"one.ini"_s), QSettings::IniFormat);
    Window before;
    WindowLayout saved(before, settings);
    before.addDockWidget(Qt::RightDockWidgetArea, &before.dock);
    saved.save();

    Window after;
    WindowLayout(after, settings).restore();

    QCOMPARE(after.dockWidgetArea(&after.dock), Qt::RightDockWidgetArea);
}

void tst_WindowLayout::ignoresLayoutsOfOtherVersions()
{
    QSettings settings(m_folder.filePath(u"two.ini"_s), QSettings::IniFormat);
    Window before;
    WindowLayout saved(before, settings);
    before.addDockWidget(Qt::RightDockWidgetArea, &before.dock);
    saved.save();
    settings.setValue("window/layoutVersion"_L1, 999);

    Window after;
    WindowLayout(after, settings).restore();

    QCOMPARE(after.dockWidgetArea(&after.dock), Qt::LeftDockWidgetArea);
}

void tst_WindowLayout::resetPutsDocksBack()
{
    QSettings settings(m_folder.filePath(u"three.ini"_s), QSettings::IniFormat);
    Window window;
    WindowLayout layout(window, settings);
    window.addDockWidget(Qt::RightDockWidgetArea, &window.dock);
    layout.save();

    layout.reset();

    QCOMPARE(window.dockWidgetArea(&window.dock), Qt::LeftDockWidgetArea);
    QVERIFY(settings.allKeys().isEmpty());
}

QTEST_MAIN(tst_WindowLayout)
#include "tst_windowlayout.moc"
