// SPDX-License-Identifier: MIT
#include "desktop/windowlayout.h"

#include "desktop/panes/columnchooser.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_WindowLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restoresWhatWasSaved();
    void ignoresLayoutsOfOtherVersions();
    void resetPutsDocksBack();
    void leavesOutDocksThatAreUnknown();
    void remembersHiddenColumns();

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

/// A layout of a window with one more dock, such as that of a later version.
void tst_WindowLayout::leavesOutDocksThatAreUnknown()
{
    QSettings settings(m_folder.filePath(u"four.ini"_s), QSettings::IniFormat);
    Window before;
    QDockWidget other;
    other.setObjectName(u"other"_s);
    before.addDockWidget(Qt::BottomDockWidgetArea, &other);
    WindowLayout saved(before, settings);
    before.addDockWidget(Qt::RightDockWidgetArea, &before.dock);
    saved.save();

    Window after;
    WindowLayout(after, settings).restore();

    QCOMPARE(after.dockWidgetArea(&after.dock), Qt::RightDockWidgetArea);
    QCOMPARE(after.findChildren<QDockWidget *>().size(), 1);
}

void tst_WindowLayout::remembersHiddenColumns()
{
    QSettings settings(m_folder.filePath(u"columns.ini"_s), QSettings::IniFormat);
    QStandardItemModel model(1, 3);
    QTreeView tree;
    tree.setModel(&model);
    ColumnChooser columns(tree, {u"one"_s, u"two"_s});
    Window window;
    WindowLayout layout(window, settings);
    layout.remember(u"tree"_s, columns);
    columns.setHidden({u"two"_s});
    layout.save();

    columns.setHidden({});
    layout.restore();
    QVERIFY(tree.isColumnHidden(2));
    QVERIFY(!tree.isColumnHidden(1));

    layout.reset();
    QVERIFY(!tree.isColumnHidden(2));
    layout.restore();
    QVERIFY(!tree.isColumnHidden(2));
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
