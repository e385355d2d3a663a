// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenariopane.h"

#include "desktop/scenarios/scenariofiles.h"
#include "desktop/scenarios/sidelist.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/runs/runreader.h>

#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// With the real engine and the real plugins.
class tst_ScenarioPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theBundledScenariosAreThere();
    void aMistakeIsASentenceWithItsPlace();
    void theConcurrencyIsARowAndAKey();
    void comparesThreadsAndProcesses();
    void comparesAnySidesWithTheirWorkers();
    void sidesThatCannotBeComparedAreRefused();
    void sidesAreAddedAndRemoved();
    void aCrashOnThreadsIsPartOfTheRun();
    void anEventWithoutHandlerIsRefused();
    void recordsWhatIsEmittedAndSavesIt();

private:
    QStringList runs() const { return QDir(m_folder->path()).entryList({u"*.ffrun"_s}); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ScenarioPane> m_pane;
};

void tst_ScenarioPane::init()
{
    m_pane.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>(testEngine());
    m_pane = std::make_unique<ScenarioPane>(*m_session, m_folder->path(),
                                            m_folder->filePath(u"scenarios"_s));
}

void tst_ScenarioPane::theBundledScenariosAreThere()
{
    QStringList names;
    for (const ScenarioFile &file : scenarioFiles(m_folder->path()))
        names.append(file.name);

    QVERIFY(names.contains(u"one lock"_s));
    QVERIFY(names.contains(u"pictures"_s));
    QVERIFY(m_pane->problem().isEmpty());
}

void tst_ScenarioPane::aMistakeIsASentenceWithItsPlace()
{
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"Echo\", \"count\": -1}]}"_s);

    QVERIFY2(m_pane->problem().contains(u"emissions[0].count"_s), qPrintable(m_pane->problem()));
}

void tst_ScenarioPane::theConcurrencyIsARowAndAKey()
{
    auto row = m_pane->findChild<QSpinBox *>(u"concurrency"_s);
    QVERIFY(row);

    m_pane->setText(u"{\"scenario\": 1, \"concurrency\": 4, \"emissions\": "
                    "[{\"event\": \"Echo\"}]}"_s);
    QCOMPARE(row->value(), 4);
    row->setValue(9);
    const QString text = m_pane->text();

    QCOMPARE(text,
             u"{\"scenario\": 1, \"concurrency\": 9, \"emissions\": [{\"event\": \"Echo\"}]}"_s);
    row->setValue(0);
    QCOMPARE(m_pane->text(), u"{\"scenario\": 1, \"emissions\": [{\"event\": \"Echo\"}]}"_s);
    QCOMPARE(m_pane->problem(), QString());
}

void tst_ScenarioPane::comparesThreadsAndProcesses()
{
    QSignalSpy wanted(m_pane.get(), &ScenarioPane::compareWanted);
    m_pane->setText(u"{\"scenario\": 1, \"name\": \"few\", \"emissions\": "
                    "[{\"event\": \"Echo\", \"count\": 50}]}"_s);

    m_pane->compare();

    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 60'000);
    const auto sides = wanted[0][0].value<QList<QStringList>>();
    QCOMPARE(sides.size(), 2);
    const QStringList threads = sides[0];
    const QStringList processes = sides[1];
    QCOMPARE(threads.size(), 2);
    QCOMPARE(processes.size(), 2);
    QCOMPARE(runs().size(), 4);
    const auto reader = RunReader::open(processes[1]);
    QVERIFY(reader && reader->index());
    QCOMPARE(reader->index()->tasks(), quint64(50));
    QCOMPARE(reader->info().executor, u"processes"_s);
    QCOMPARE(reader->info().label, u"few"_s);
    QCOMPARE(reader->info().round, 3); // threads, processes, processes, threads
}

void tst_ScenarioPane::comparesAnySidesWithTheirWorkers()
{
    QSignalSpy wanted(m_pane.get(), &ScenarioPane::compareWanted);
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"Echo\", \"count\": 9}]}"_s);
    m_pane->sideList().setSides(
        {{ExecutorKind::Processes, 1}, {ExecutorKind::Threads, 3}, {ExecutorKind::Threads, 0}});

    m_pane->compare();

    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 60'000);
    QStringList places;
    for (const QStringList &side : wanted[0][0].value<QList<QStringList>>()) {
        QCOMPARE(side.size(), 2);
        const auto reader = RunReader::open(side[1]);
        QVERIFY(reader && reader->index());
        QCOMPARE(reader->index()->tasks(), quint64(9));
        places.append(reader->info().executor + QString::number(reader->info().workers));
    }
    QCOMPARE(
        places,
        (QStringList{u"processes1"_s, u"threads3"_s, u"threads%1"_s.arg(testEngine().workers)}));
}

void tst_ScenarioPane::sidesThatCannotBeComparedAreRefused()
{
    QSignalSpy told(m_pane.get(), &ScenarioPane::told);
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"Echo\"}]}"_s);

    m_pane->sideList().setSides({{ExecutorKind::Threads, 2}, {ExecutorKind::Cluster, 0}});
    m_pane->compare();
    m_pane->sideList().setSides(
        {{ExecutorKind::Threads, 2}, {ExecutorKind::Processes, 2}, {ExecutorKind::Threads, 2}});
    m_pane->compare();

    QCOMPARE(told.count(), 2);
    QVERIFY(told[0][0].toString().contains(u"message broker"_s));
    QVERIFY(told[1][0].toString().startsWith(u"Sides 1 and 3 are the same"_s));
    QCOMPARE(runs(), QStringList());
}

void tst_ScenarioPane::sidesAreAddedAndRemoved()
{
    SideList &list = m_pane->sideList();
    auto add = list.findChild<QPushButton *>(u"addSide"_s);
    const int low = list.sizeHint().height();
    for (int i = 0; i < 70; ++i)
        add->click();

    QCOMPARE(list.sides().size(), SideList::mostSides);
    QVERIFY(list.sizeHint().height() < 3 * low); // more are scrolled to
    QCOMPARE(list.problem(), QString());         // each is another one
    QVERIFY(!add->isEnabled());

    const RunConfiguration second = list.sides()[1];
    list.findChildren<QToolButton *>().front()->click(); // the baseline goes

    QCOMPARE(list.sides().size(), SideList::mostSides - 1);
    QCOMPARE(list.sides().front(), second);
}

void tst_ScenarioPane::aCrashOnThreadsIsPartOfTheRun()
{
    QSignalSpy wanted(m_pane.get(), &ScenarioPane::compareWanted);
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"ChaosSegfault\"}]}"_s);

    m_pane->compare();

    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 60'000);
    const auto sides = wanted[0][0].value<QList<QStringList>>();
    QCOMPARE(sides.size(), 2);
    for (const QStringList &side : sides) {
        const auto reader = RunReader::open(side.value(0));
        QVERIFY(reader && reader->index());
        QCOMPARE(reader->index()->outcomes[size_t(Outcome::Crashed)], quint64(1));
    }
}

void tst_ScenarioPane::anEventWithoutHandlerIsRefused()
{
    QSignalSpy told(m_pane.get(), &ScenarioPane::told);
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"NobodyReacts\"}]}"_s);

    m_pane->compare();

    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, 30'000);
    QVERIFY(told[0][0].toString().contains(u"NobodyReacts"_s));
    QCOMPARE(runs(), QStringList());
}

void tst_ScenarioPane::recordsWhatIsEmittedAndSavesIt()
{
    const QString path = m_folder->filePath(u"scenarios/clicks.json"_s);
    QDir().mkpath(m_folder->filePath(u"scenarios"_s));

    m_pane->toggleRecording();
    Q_EMIT m_session->emitted(EmissionId{1}, {u"StringEvent"_s, {}, 2, 0});
    m_pane->toggleRecording();
    QVERIFY(m_pane->saveAs(path));

    const auto saved = readScenario(path);
    QVERIFY(saved);
    QCOMPARE(saved->emissions(), quint64(2));
    QCOMPARE(scenarioFiles(m_folder->filePath(u"scenarios"_s)).back().path, path);
    const auto refused = m_pane->saveAs(u"/nowhere/clicks.json"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"/nowhere/clicks.json"_s));
}

QTEST_MAIN(tst_ScenarioPane)
#include "tst_scenariopane.moc"
