// SPDX-License-Identifier: MIT
#include "desktop/panes/pluginpane.h"

#include "desktop/actionregistry.h"
#include "desktop/panes/columnchooser.h"
#include "desktop/panes/emptystate.h"
#include "desktop/panes/sparklinedelegate.h"
#include "desktop/samplefacts.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filtersByTheNamesOfPluginsEventsAndHandlers_data();
    void filtersByTheNamesOfPluginsEventsAndHandlers();
    void theFilterOutlivesANewCatalog();
    void saysSoWhenTheFilterLeavesNothing();
    void saysWhatToDoWithoutPlugins();
    void leadsToAFirstHandlerWithoutPlugins();
    void spaceTurnsTheChosenOneOff();
    void f5LooksForPluginsAgain();
    void delAsksToUninstallTheChosenPlugins();
    void delOnAHandlerUninstallsNothing();
    void copiesTheChosenRowsWithTheirVisibleColumns();
    void hidesColumnsAndRemembersWhich();
    void itsActionsAreInTheRegistry();
    void sortsByHeaderAndByAction();
    void sortingTakesRoomInOneColumnOnly();
    void countsOnlyWhileItIsSeen();
    void theSparklineIsAsHighAsTheBusiestSecond();

private:
    QModelIndex row(const QString &name);
    QTreeView *view() { return m_pane->findChild<QTreeView *>(); }
    QLineEdit *filter() { return m_pane->findChild<QLineEdit *>(); }
    EmptyState *empty() { return m_pane->findChild<EmptyState *>(); }
    QStringList shown(const QModelIndex &parent = {});

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<PluginPane> m_pane;
};

void tst_PluginPane::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_pane = std::make_unique<PluginPane>(*m_run);
    m_pane->show();
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    view()->setFocus();
}

void tst_PluginPane::cleanup()
{
    m_pane.reset();
    m_run.reset();
}

/// The names in the tree, without versions.
QStringList tst_PluginPane::shown(const QModelIndex &parent)
{
    QStringList names;
    const QAbstractItemModel &model = *view()->model();
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (view()->isRowHidden(row, parent))
            continue;
        names.append(index.data().toString().section(u' ', 0, 0));
        names += shown(index);
    }
    return names;
}

void tst_PluginPane::filtersByTheNamesOfPluginsEventsAndHandlers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");

    QTest::newRow("plugin") << u"CHECK"_s
                            << QStringList{u"checksum"_s, u"FileAdded"_s, u"sha256"_s};
    QTest::newRow("event") << u"fileadd"_s
                           << QStringList{u"checksum"_s, u"FileAdded"_s, u"sha256"_s};
    QTest::newRow("handler") << u" async "_s
                             << QStringList{u"basics"_s, u"StringEvent"_s, u"[Async]"_s};
}

void tst_PluginPane::filtersByTheNamesOfPluginsEventsAndHandlers()
{
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    const QStringList all = shown();

    filter()->setText(text);
    const QStringList some = shown();
    filter()->clear();

    QCOMPARE(some, names);
    QCOMPARE(shown(), all);
}

void tst_PluginPane::theFilterOutlivesANewCatalog()
{
    filter()->setText(u"sha"_s);

    m_run->setCatalog(SampleFacts::catalog());

    QCOMPARE(shown(), (QStringList{u"checksum"_s, u"FileAdded"_s, u"sha256"_s}));
}

void tst_PluginPane::saysSoWhenTheFilterLeavesNothing()
{
    filter()->setText(u"no such thing"_s);
    QVERIFY(empty()->isVisible());

    empty()->findChild<QPushButton *>()->click();

    QVERIFY(!empty()->isVisible());
    QVERIFY(filter()->text().isEmpty());
}

void tst_PluginPane::saysWhatToDoWithoutPlugins()
{
    QSignalSpy folder(m_pane.get(), &PluginPane::folderWanted);
    m_run->setCatalog({});

    QVERIFY(empty()->isVisible());
    empty()->findChild<QPushButton *>()->click();

    QCOMPARE(folder.count(), 1);
}

void tst_PluginPane::leadsToAFirstHandlerWithoutPlugins()
{
    QSignalSpy wanted(m_pane.get(), &PluginPane::firstHandlerWanted);
    const auto link = [this] {
        for (QLabel *label : empty()->findChildren<QLabel *>()) {
            if (label->text().contains(u"Write your first handler"_s))
                return label;
        }
        return static_cast<QLabel *>(nullptr);
    };
    m_run->setCatalog({});

    QVERIFY(link() && link()->isVisible());
    Q_EMIT link()->linkActivated({});
    m_run->setCatalog(SampleFacts::catalog());
    filter()->setText(u"no such name"_s);

    QCOMPARE(wanted.count(), 1);
    QVERIFY(!link()); // a filter is no reason to write a handler
}

void tst_PluginPane::spaceTurnsTheChosenOneOff()
{
    QSignalSpy decided(m_pane.get(), &PluginPane::policyDecided);
    const QModelIndex first = view()->model()->index(0, 0);
    view()->setCurrentIndex(
        view()->model()->match(first, Qt::DisplayRole, u"basics"_s, 1, Qt::MatchStartsWith)[0]);

    QTest::keyClick(view(), Qt::Key_Space);

    QCOMPARE(decided.count(), 1);
    QCOMPARE(decided[0][0].value<PolicyTarget>().name, u"org.fanfare.basics"_s);
    QCOMPARE(decided[0][1].value<PolicyPart>().isEnabled, std::optional(false));
    QVERIFY(decided[0][2].value<PolicyPart>().isEmpty());
}

void tst_PluginPane::f5LooksForPluginsAgain()
{
    QSignalSpy rescan(m_pane.get(), &PluginPane::rescanWanted);

    QTest::keyClick(view(), Qt::Key_F5);

    QCOMPARE(rescan.count(), 1);
}

/// The row of a plugin, or of one of its events or handlers.
QModelIndex tst_PluginPane::row(const QString &name)
{
    const QModelIndex first = view()->model()->index(0, 0);
    return view()->model()->match(first, Qt::DisplayRole, name, 1,
                                  Qt::MatchStartsWith | Qt::MatchRecursive)[0];
}

void tst_PluginPane::delAsksToUninstallTheChosenPlugins()
{
    QSignalSpy wanted(m_pane.get(), &PluginPane::uninstallWanted);
    view()->setCurrentIndex(row(u"checksum"_s));
    view()->selectionModel()->select(row(u"broken.so"_s),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    view()->selectionModel()->select(row(u"broken.so"_s).model()->index(0, 0, row(u"broken.so"_s)),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);

    QTest::keyClick(view(), Qt::Key_Delete);

    QCOMPARE(wanted.count(), 1);
    QStringList files = wanted[0][0].toStringList();
    files.sort();
    QCOMPARE(files, (QStringList{u"/plugins/broken.so"_s, u"/plugins/checksum.so"_s}));
}

void tst_PluginPane::delOnAHandlerUninstallsNothing()
{
    QSignalSpy wanted(m_pane.get(), &PluginPane::uninstallWanted);
    view()->setCurrentIndex(row(u"sha256"_s));

    QTest::keyClick(view(), Qt::Key_Delete);

    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toStringList(), QStringList());
}

void tst_PluginPane::copiesTheChosenRowsWithTheirVisibleColumns()
{
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0),
                                     SampleFacts::span(SampleFacts::task(2), 5, 0)}));
    QTRY_COMPARE(row(u"sha256"_s).siblingAtColumn(PluginModel::CallsColumn).data().toString(),
                 u"2"_s);
    m_pane->columns().setHidden({u"rates"_s, u"failed"_s});
    view()->setCurrentIndex(row(u"sha256"_s));
    view()->selectionModel()->select(row(u"FileAdded"_s),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);

    QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);

    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"FileAdded\nsha256\tLast call: Succeeded\t2\t2.01 ms"_s);
}

void tst_PluginPane::hidesColumnsAndRemembersWhich()
{
    ColumnChooser &columns = m_pane->columns();

    columns.setHidden({u"median"_s, u"no such column"_s});

    QVERIFY(view()->isColumnHidden(PluginModel::MedianColumn));
    QVERIFY(!view()->isColumnHidden(PluginModel::CallsColumn));
    QCOMPARE(columns.hidden(), QStringList{u"median"_s});

    columns.actions()[PluginModel::MedianColumn - 1]->trigger();
    QVERIFY(!view()->isColumnHidden(PluginModel::MedianColumn));
    QCOMPARE(columns.hidden(), QStringList());
    QCOMPARE(columns.actions().size(), PluginModel::ColumnCount - 1);
}

void tst_PluginPane::itsActionsAreInTheRegistry()
{
    ActionRegistry registry(*m_pane);
    m_pane->addActions(registry);
    QSignalSpy rescan(m_pane.get(), &PluginPane::rescanWanted);
    QAction *action = registry.find(u"plugins.rescan"_s);
    QVERIFY(action);

    registry.setKeys(*action, {QKeySequence(Qt::Key_F6)});
    QTest::keyClick(view(), Qt::Key_F5);
    QCOMPARE(rescan.count(), 0);

    QTest::keyClick(view(), Qt::Key_F6);
    QCOMPARE(rescan.count(), 1);

    QVERIFY(registry.find(u"plugins.uninstall"_s));
    QVERIFY(registry.find(u"view.pluginColumn.rates"_s));
}

void tst_PluginPane::sortsByHeaderAndByAction()
{
    QHeaderView *header = view()->header();
    ActionRegistry registry(*m_pane);
    m_pane->addActions(registry);
    const QString found = view()->model()->index(1, 0).data().toString();
    const auto click = [&] {
        const int x = header->sectionViewportPosition(PluginModel::NameColumn) + 10;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    };

    click();
    click();
    const QString byName = view()->model()->index(1, 0).data().toString();
    const bool isChecked = registry.find(u"view.pluginOrder.name"_s)->isChecked();
    registry.find(u"view.pluginOrder.none"_s)->trigger();
    const QString asFound = view()->model()->index(1, 0).data().toString();
    registry.find(u"view.pluginOrder.calls"_s)->trigger();

    QCOMPARE(found, u"basics 1.0"_s);
    QCOMPARE(byName, u"checksum"_s);
    QVERIFY(isChecked);
    QCOMPARE(asFound, found);
    QCOMPARE(header->sortIndicatorSection(), int(PluginModel::CallsColumn));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder); // most calls first
    QVERIFY(view()->isExpanded(view()->model()->index(1, 0)));
}

void tst_PluginPane::sortingTakesRoomInOneColumnOnly()
{
    const QHeaderView *header = view()->header();
    const auto widths = [header] {
        QList<int> all;
        for (int column = PluginModel::LastColumn; column < PluginModel::ColumnCount; ++column)
            all.append(header->sectionSize(column));
        return all;
    };
    const QList<int> before = widths();

    view()->header()->setSortIndicator(PluginModel::CallsColumn, Qt::DescendingOrder);

    QList<int> after = widths();
    const int calls = PluginModel::CallsColumn - PluginModel::LastColumn;
    QVERIFY(after[calls] > before[calls]);
    after[calls] = before[calls];
    QCOMPARE(after, before);
}

void tst_PluginPane::countsOnlyWhileItIsSeen()
{
    m_pane->hide();
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0)}));
    QCOMPARE(row(u"sha256"_s).siblingAtColumn(PluginModel::CallsColumn).data().toString(),
             QString());

    m_pane->show();

    QCOMPARE(row(u"sha256"_s).siblingAtColumn(PluginModel::CallsColumn).data().toString(), u"1"_s);
}

void tst_PluginPane::theSparklineIsAsHighAsTheBusiestSecond()
{
    const QRectF area(10, 20, 60, 30);
    CallRates rates{};
    QVERIFY(sparkline(rates, area).isEmpty());

    rates[0] = 2;
    rates[59] = 8;
    const QPolygonF outline = sparkline(rates, area);

    QCOMPARE(outline.boundingRect(), area);
    QVERIFY(outline.contains({10, 42.5})); // a quarter as high
    QVERIFY(outline.contains({69, 20}));
    QCOMPARE(outline.first(), area.bottomLeft());
    QCOMPARE(outline.last(), area.bottomRight());
}

QTEST_MAIN(tst_PluginPane)
#include "tst_pluginpane.moc"
