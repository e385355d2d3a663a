// SPDX-License-Identifier: MIT
#include "desktop/panes/pluginpane.h"

#include "desktop/panes/emptystate.h"
#include "desktop/samplefacts.h"

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
    void spaceTurnsTheChosenOneOff();
    void f5LooksForPluginsAgain();

private:
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

QTEST_MAIN(tst_PluginPane)
#include "tst_pluginpane.moc"
