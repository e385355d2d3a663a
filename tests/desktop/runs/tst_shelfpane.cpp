// SPDX-License-Identifier: MIT
#include "desktop/runs/shelfpane.h"

#include "desktop/runs/comparisonsides.h"
#include "desktop/runs/shelf.h"
#include "runfixtures.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

class tst_ShelfPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listsAndSearches();
    void renamesTagsAndPinsInPlace();
    void aDeletedRunComesBack();
    void whatNewLimitsDeleteCanBeKept();
    void aSelectionOutlivesANewRun();
    void twoSelectedRunsAreCompared();
    void groupsAreComparedByConfiguration();

private:
    QTableView *view() { return m_pane->findChild<QTableView *>(); }
    QAction *action(const QString &text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Shelf> m_shelf;
    std::unique_ptr<ShelfPane> m_pane;
};

void tst_ShelfPane::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    writeRun(m_folder->path(), 5, u"fast"_s);
    writeRun(m_folder->path(), 5, u"slow"_s, 4'000'000, ExecutorKind::Processes);
    m_shelf = std::make_unique<Shelf>(m_folder->path());
    m_pane = std::make_unique<ShelfPane>(*m_shelf);
    m_shelf->refresh();
    QTRY_COMPARE(m_pane->model().rowCount(), 2);
}

void tst_ShelfPane::cleanup()
{
    m_pane.reset();
    m_shelf.reset();
}

QAction *tst_ShelfPane::action(const QString &text)
{
    for (QAction *candidate : view()->actions()) {
        if (candidate->text() == text)
            return candidate;
    }
    return nullptr;
}

void tst_ShelfPane::listsAndSearches()
{
    ShelfModel model(*m_shelf);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 2);

    model.setSearch(u"processes"_s);

    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.entryAt(0).label, u"slow"_s);
    QCOMPARE(model.index(0, ShelfModel::TasksColumn).data().toString(), u"5"_s);
    QCOMPARE(model.index(0, ShelfModel::WhereColumn).data().toString(), u"processes × 2"_s);
}

void tst_ShelfPane::renamesTagsAndPinsInPlace()
{
    ShelfModel model(*m_shelf);
    const QString file = model.entryAt(0).file;

    model.setData(model.index(0, ShelfModel::LabelColumn), u"renamed"_s, Qt::EditRole);
    model.setData(model.index(0, ShelfModel::TagsColumn), u"b, a"_s, Qt::EditRole);
    view()->selectRow(m_pane->model().rowOf(file));
    action(u"Pin"_s)->trigger();

    QTRY_VERIFY(model.entryAt(0).file == file && model.entryAt(0).isPinned);
    QCOMPARE(model.entryAt(0).label, u"renamed"_s);
    QCOMPARE(model.entryAt(0).tags, (QStringList{u"a"_s, u"b"_s}));
    QVERIFY(action(u"Unpin"_s));
}

void tst_ShelfPane::aDeletedRunComesBack()
{
    QSignalSpy removed(m_shelf.get(), &Shelf::removed);
    view()->selectRow(0);
    const QStringList files = m_pane->selectedFiles();

    action(u"Delete"_s)->trigger();
    QTRY_COMPARE(m_pane->model().rowCount(), 1);
    QTRY_COMPARE(removed.count(), 1);
    m_shelf->restore(removed[0][0].toStringList());

    QTRY_COMPARE(m_pane->model().rowCount(), 2);
    QVERIFY(m_pane->model().rowOf(files.constFirst()) >= 0);
}

void tst_ShelfPane::whatNewLimitsDeleteCanBeKept()
{
    QSignalSpy removed(m_shelf.get(), &Shelf::surplusRemoved);

    m_shelf->setRetention({.count = 1, .bytes = 0});
    QTRY_COMPARE(m_pane->model().rowCount(), 1);
    QTRY_COMPARE(removed.count(), 1);
    m_shelf->keepAnyway(removed[0][0].toStringList());

    QTRY_COMPARE(m_pane->model().rowCount(), 2);
    QVERIFY(m_pane->model().entryAt(0).isPinned);
    m_shelf->refresh(); // the other one goes for it
    QTRY_COMPARE(m_pane->model().rowCount(), 1);
    QVERIFY(m_pane->model().entryAt(0).isPinned);
    QCOMPARE(removed.count(), 1); // limits that are not new are silent
}

void tst_ShelfPane::aSelectionOutlivesANewRun()
{
    view()->selectRow(1);
    const QStringList before = m_pane->selectedFiles();

    writeRun(m_folder->path(), 5, u"third"_s);
    m_shelf->refresh();

    QTRY_COMPARE(m_pane->model().rowCount(), 3);
    QCOMPARE(m_pane->selectedFiles(), before);
}

void tst_ShelfPane::twoSelectedRunsAreCompared()
{
    QSignalSpy wanted(m_pane.get(), &ShelfPane::compareWanted);
    QVERIFY(!action(u"Compare"_s)->isEnabled());

    view()->selectAll();
    QVERIFY(action(u"Compare"_s)->isEnabled());
    action(u"Compare"_s)->trigger();

    QCOMPARE(wanted.count(), 1);
    const auto sides = wanted[0][0].value<QList<QStringList>>();
    QCOMPARE(sides.size(), 2);
    QCOMPARE(sides[0].size(), 1);
    QCOMPARE(sides[1].size(), 1);
}

void tst_ShelfPane::groupsAreComparedByConfiguration()
{
    const auto entry = [](const QString &path, const QString &executor, qint64 begin) {
        LibraryEntry one;
        one.path = path;
        one.executor = executor;
        one.beginUtc = begin;
        return one;
    };
    const std::vector<LibraryEntry> abba{
        entry(u"4"_s, u"threads"_s, 4), entry(u"2"_s, u"processes"_s, 2),
        entry(u"3"_s, u"processes"_s, 3), entry(u"1"_s, u"threads"_s, 1)};

    const auto sides = comparisonSides(abba);

    QCOMPARE(sides, (QList<QStringList>{{u"1"_s, u"4"_s}, {u"2"_s, u"3"_s}}));
    std::vector<LibraryEntry> three = abba;
    three.push_back(entry(u"5"_s, u"inline"_s, 5));
    QCOMPARE(comparisonSides(three).size(), 3);
    QCOMPARE(comparisonSides(three).last(), QStringList(u"5"_s));
    QCOMPARE(comparisonSides({abba[0], abba[3], abba[0]}).size(), 3); // each for itself
    QVERIFY(comparisonSides({abba[0]}).isEmpty());
}

QTEST_MAIN(tst_ShelfPane)
#include "tst_shelfpane.moc"
