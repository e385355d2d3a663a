// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenariopane.h"

#include "desktop/scenarios/scenariofiles.h"
#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/runs/runreader.h>

#include <QDir>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

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
    const QStringList threads = wanted[0][0].toStringList();
    const QStringList processes = wanted[0][1].toStringList();
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

void tst_ScenarioPane::aCrashOnThreadsIsPartOfTheRun()
{
    QSignalSpy wanted(m_pane.get(), &ScenarioPane::compareWanted);
    m_pane->setText(u"{\"scenario\": 1, \"emissions\": [{\"event\": \"ChaosSegfault\"}]}"_s);

    m_pane->compare();

    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 60'000);
    for (const QStringList &side : {wanted[0][0].toStringList(), wanted[0][1].toStringList()}) {
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
