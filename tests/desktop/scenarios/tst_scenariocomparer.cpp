// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenariocomparer.h"

#include "desktop/testengine.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/runreader.h>

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// With the real engine, the real plugins and the real command line tool.
class tst_ScenarioComparer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theToolPlaysTheSameEmissions();
};

/// Mixed, with random arguments: all that a seed decides.
static const char mixed[] = R"({
    "scenario": 1, "name": "mixed", "seed": 20261126, "order": "mixed",
    "emissions": [
        {"event": "Echo", "count": 60, "arguments": [{"$range": [1, 1000000]}]},
        {"event": "Sleep", "count": 40, "fields": {"ms": {"$range": [0, 3]}}}
    ]
})";

/// What the run at \a path did: an emission a line, its event and its result.
static QStringList emissionsOf(const QString &path)
{
    Result<RunReader> reader = RunReader::open(path);
    std::map<quint64, QString> lines;
    std::map<TaskId, QString> results;
    TraceBatch batch;
    while (reader && reader->read(batch)) {
        for (const TaskDetail &detail : batch.details)
            results[detail.task] = detail.result.toDiagnosticNotation();
        for (const SpanRecord &span : batch.spans) {
            const auto &known = reader->names().events;
            const auto event = std::ranges::find(known, span.event, &RunEvent::number);
            lines[number(span.task.emission)] =
                (event == known.end() ? u"?"_s : event->name) + u' ' + results[span.task];
        }
        batch = {};
    }
    QStringList all;
    for (const auto &[emission, line] : lines)
        all.append(line);
    return all;
}

void tst_ScenarioComparer::theToolPlaysTheSameEmissions()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mixed.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(mixed) > 0);
    file.close();
    ScenarioComparer window;
    QSignalSpy finished(&window, &ScenarioComparer::finished);
    QSignalSpy refused(&window, &ScenarioComparer::refused);
    QProcess tool;
    tool.setProcessChannelMode(QProcess::ForwardedErrorChannel);

    window.compare(*readScenario(path),
                   {.sides = {{ExecutorKind::Threads, 0}, {ExecutorKind::Processes, 0}},
                    .engine = testEngine(),
                    .folder = folder.filePath(u"window"_s)});
    tool.start(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-cli"),
               {u"run"_s, path, u"--executor"_s, u"threads,processes"_s, u"--workers"_s, u"2"_s,
                u"--runs"_s, folder.filePath(u"tool"_s), u"--plugins"_s,
                QStringLiteral(FANFARE_TEST_PLUGIN_DIR)});

    QVERIFY(finished.wait(60'000));
    // It may have ended during the wait before.
    QVERIFY(tool.state() == QProcess::NotRunning || tool.waitForFinished(60'000));
    QCOMPARE(refused.count(), 0);
    QCOMPARE(tool.exitCode(), 0);
    const QStringList expected =
        emissionsOf(finished[0][0].value<QList<QStringList>>().value(0).value(0));
    QCOMPARE(expected.size(), 100);
    QVERIFY(QSet<QString>(expected.begin(), expected.end()).size() > 50); // results are in it
    QCOMPARE(emissionsOf(finished[0][0].value<QList<QStringList>>().value(1).value(0)), expected);
    const QDir runs(folder.filePath(u"tool"_s));
    const QStringList names = runs.entryList({u"*.ffrun"_s});
    QCOMPARE(names.size(), 2);
    for (const QString &name : names)
        QCOMPARE(emissionsOf(runs.filePath(name)), expected);
}

QTEST_GUILESS_MAIN(tst_ScenarioComparer)
#include "tst_scenariocomparer.moc"
