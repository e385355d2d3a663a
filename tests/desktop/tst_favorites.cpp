// SPDX-License-Identifier: MIT
#include "desktop/favorites.h"

#include "desktop/actionregistry.h"
#include "desktop/favoritebuttons.h"
#include "desktop/models/emissionhistory.h"
#include "desktop/recentfiles.h"

#include <QAction>
#include <QApplication>
#include <QCborArray>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>
#include <QWidget>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Favorites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anActionEmitsAFavorite();
    void comesBackInTheNextSession();
    void removingCanBeUndone();
    void theTenthTakesThePlaceOfTheNinth();
    void favoritesAreButtonsAndGoByTheirContextMenu();
    void aHistoryEntryDroppedOntoTheBarBecomesOne();
    void recentFilesAreListedOnceEach();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QWidget> m_window;
    QUndoStack m_undo;
    ActionRegistry *m_registry = nullptr;
};

void tst_Favorites::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    m_settings->clear();
    m_undo.clear();
    m_window = std::make_unique<QWidget>();
    m_registry = new ActionRegistry(*m_window);
}

void tst_Favorites::anActionEmitsAFavorite()
{
    Favorites favorites(*m_registry, *m_settings, m_undo);
    QSignalSpy wanted(&favorites, &Favorites::emitWanted);
    QAction *first = m_registry->find(u"run.favorite.1"_s);
    QVERIFY(!first->isVisible());

    favorites.add({u"Echo"_s, {}, 5, 0});
    first->trigger();

    QCOMPARE(first->text(), u"Emit favorite 1: Echo × 5"_s);
    QCOMPARE(first->shortcut(), QKeySequence(u"Ctrl+1"_s));
    QCOMPARE(wanted.value(0).value(0).value<EmitCommand>().event, u"Echo"_s);
}

void tst_Favorites::comesBackInTheNextSession()
{
    Favorites(*m_registry, *m_settings, m_undo).add({u"Echo"_s, {}, 5, 2});
    QWidget window;
    ActionRegistry registry(window);

    const Favorites again(registry, *m_settings, m_undo);

    QCOMPARE(again.commands().size(), 1);
    QCOMPARE(again.commands()[0].count, quint64(5));
}

void tst_Favorites::removingCanBeUndone()
{
    Favorites favorites(*m_registry, *m_settings, m_undo);
    favorites.add({u"A"_s, {}, 1, 0});
    favorites.add({u"B"_s, {}, 1, 0});

    m_registry->find(u"run.favorite.remove.1"_s)->trigger();
    const QString left = favorites.commands().value(0).event;
    m_undo.undo();

    QCOMPARE(left, u"B"_s);
    QCOMPARE(favorites.commands().value(0).event, u"A"_s);
    QCOMPARE(favorites.commands().size(), 2);
}

void tst_Favorites::theTenthTakesThePlaceOfTheNinth()
{
    Favorites favorites(*m_registry, *m_settings, m_undo);

    for (int i = 1; i <= 10; ++i)
        favorites.add({u"E%1"_s.arg(i), {}, 1, 0});

    QCOMPARE(favorites.commands().size(), Favorites::maximumCount);
    QCOMPARE(favorites.commands().constLast().event, u"E10"_s);
}

void tst_Favorites::favoritesAreButtonsAndGoByTheirContextMenu()
{
    Favorites favorites(*m_registry, *m_settings, m_undo);
    QToolBar bar;
    auto space = new QWidget(&bar);
    space->setObjectName(u"space"_s);
    QAction *last = bar.addWidget(space);
    new FavoriteButtons(favorites, bar, u"space"_s);
    favorites.add({u"Echo"_s, {}, 5, 0});
    auto button = qobject_cast<QToolButton *>(bar.widgetForAction(favorites.actions()[0]));
    QVERIFY(button);

    QCOMPARE(button->text(), u"Echo × 5"_s);
    QCOMPARE(bar.actions().constLast(), last);
    QVERIFY(!favorites.actions()[1]->isVisible());
    QSignalSpy wanted(&favorites, &Favorites::emitWanted);
    button->click();
    QCOMPARE(wanted.count(), 1);

    QCOMPARE(button->contextMenuPolicy(), Qt::ActionsContextMenu);
    button->actions().constLast()->trigger();
    QVERIFY(favorites.commands().isEmpty());
}

void tst_Favorites::aHistoryEntryDroppedOntoTheBarBecomesOne()
{
    Favorites favorites(*m_registry, *m_settings, m_undo);
    QToolBar bar;
    new FavoriteButtons(favorites, bar, u"space"_s);
    RunModel run;
    EmissionHistory history(run);
    history.add(EmissionId{1}, {u"Echo"_s, {Arguments{{7}, {}, {}}}, 2, 0}, false);
    const std::unique_ptr<QMimeData> data(history.mimeData({history.index(0, 2)}));
    QVERIFY(history.flags(history.index(0, 0)) & Qt::ItemIsDragEnabled);
    QVERIFY(data && bar.acceptDrops());

    QDragEnterEvent enter({5, 5}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QVERIFY(QApplication::sendEvent(&bar, &enter));
    QVERIFY(enter.isAccepted());
    QVERIFY(favorites.commands().isEmpty());
    QDropEvent drop({5, 5}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(&bar, &drop);

    QCOMPARE(favorites.commands().size(), 1);
    QCOMPARE(favorites.commands()[0].arguments[0].positional, QCborArray{7});
    QCOMPARE(favorites.commands()[0].count, quint64(2));
}

void tst_Favorites::recentFilesAreListedOnceEach()
{
    RecentFiles recent(*m_registry, *m_settings);
    QSignalSpy wanted(&recent, &RecentFiles::openWanted);

    for (int i = 0; i < 10; ++i)
        recent.add(u"/s/%1.json"_s.arg(i));
    recent.add(u"/s/5.json"_s);
    m_registry->find(u"file.recent.2"_s)->trigger();

    QCOMPARE(recent.paths().size(), RecentFiles::maximumCount);
    QCOMPARE(recent.paths().first(), u"/s/5.json"_s);
    QCOMPARE(m_registry->find(u"file.recent.1"_s)->text(), u"Play 5.json"_s);
    QCOMPARE(wanted.value(0).value(0).toString(), u"/s/9.json"_s);
}

QTEST_MAIN(tst_Favorites)
#include "tst_favorites.moc"
