// SPDX-License-Identifier: MIT
#include <fanfare/runs/scenario.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Scenario : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasWritten();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void readsAFile();
    void stepsCarryTheDeadlineOfTheirTasks();
    void makesOneStepOfWhatIsAlike();
    void everyStepCarriesTheConcurrency();
    void makesValuesAnew();
    void replaysTheSameEmissions();
    void mixesAllParts();
    void takesFilesInTurn();
    void refusesValuesItCannotMake_data();
    void refusesValuesItCannotMake();
    void aFolderWithoutFilesIsNamed();
    void stepsKnowWhereTheyAreWritten();
};

static Scenario parsed(const QByteArray &json)
{
    Result<Scenario> scenario = parseScenario(json, u"/nowhere"_s);
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error().message));
    return *scenario;
}

static std::vector<ScenarioStep> steps(const QByteArray &json)
{
    Result<std::vector<ScenarioStep>> made = stepsOf(parsed(json));
    if (!made)
        qFatal("%s", qPrintable(made.error().message));
    return *made;
}

void tst_Scenario::readsWhatWasWritten()
{
    const Scenario scenario =
        parsed(R"({"scenario": 1, "name": "n", "seed": 7, "warmUpMs": 1.5, "deadlineMs": 2500,
        "concurrency": 6, "order": "mixed", "emissions": [{"event": "A", "count": 3, "rate": 0.5,
        "fields": {"ms": 4}}, {"event": "B", "arguments": [1], "named": {"x": 2}}]})");

    QCOMPARE(scenario.name, u"n"_s);
    QCOMPARE(scenario.seed, 7U);
    QCOMPARE(scenario.warmUp.count(), 1'500'000);
    QCOMPARE(scenario.deadline.count(), 2'500'000'000);
    QCOMPARE(scenario.concurrency, 6U);
    QCOMPARE(scenario.order, ScenarioOrder::Mixed);
    QCOMPARE(scenario.parts.size(), 2U);
    QCOMPARE(scenario.parts[0].event, u"A"_s);
    QCOMPARE(scenario.parts[0].rate, 0.5);
    QCOMPARE(scenario.parts[1].count, 1U);
    QCOMPARE(scenario.emissions(), 4U);
}

void tst_Scenario::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sentence");

    const auto with = [](const char *entry) {
        return QByteArray(R"({"scenario": 1, "emissions": [{"event": "A"}, {)") + entry + "}]}";
    };
    QTest::newRow("no JSON") << QByteArray("{") << u"no valid JSON at byte 1"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"this is a list"_s;
    QTest::newRow("no version") << QByteArray(R"({"emissions": [{"event": "A"}]})")
                                << u"plays version 1"_s;
    QTest::newRow("later version")
        << QByteArray(R"({"scenario": 2, "emissions": []})") << u"says version 2"_s;
    QTest::newRow("version as text") << QByteArray(R"({"scenario": "1", "emissions": []})")
                                     << u"\"scenario\" is wrong: it must be a number"_s;
    QTest::newRow("nothing to emit")
        << QByteArray(R"({"scenario": 1, "emissions": []})") << u"\"emissions\" is wrong"_s;
    QTest::newRow("no event") << with(R"("count": 1)")
                              << u"\"emissions[1].event\" is wrong: there must be a text"_s;
    QTest::newRow("count below 1") << with(R"("event": "B", "count": 0)")
                                   << u"\"emissions[1].count\" is wrong: it must be from 1"_s;
    QTest::newRow("half an emission") << with(R"("event": "B", "count": 1.5)")
                                      << u"\"emissions[1].count\" is wrong: it must be a whole"_s;
    QTest::newRow("arguments") << with(R"("event": "B", "arguments": {})")
                               << u"\"emissions[1].arguments\" is wrong: it must be a list"_s;
    QTest::newRow("fields and arguments") << with(R"("event": "B", "arguments": [], "fields": {})")
                                          << u"\"emissions[1].fields\" is wrong"_s;
    QTest::newRow("misspelled") << with(R"("event": "B", "cuont": 5)")
                                << u"\"emissions[1].cuont\" is wrong: there is no such key"_s;
    const auto atTop = [](const char *entry) {
        return QByteArray(R"({"scenario": 1, "emissions": [{"event": "A"}], )") + entry + "}";
    };
    QTest::newRow("concurrency below 0")
        << atTop(R"("concurrency": -1)")
        << u"\"concurrency\" is wrong: it must be from 0 to 100000"_s;
    QTest::newRow("half a deadline of tasks")
        << with(R"("event": "B", "taskDeadlineMs": 0.5)")
        << u"\"emissions[1].taskDeadlineMs\" is wrong: it must be a whole"_s;
    QTest::newRow("half a concurrency")
        << atTop(R"("concurrency": 2.5)") << u"\"concurrency\" is wrong: it must be a whole"_s;
    QTest::newRow("concurrency of an entry")
        << with(R"("event": "B", "concurrency": -5)") << u"\"emissions[1].concurrency\" is wrong"_s;
    QTest::newRow("order") << QByteArray(
        R"({"scenario": 1, "order": "odd", "emissions": [{"event": "A"}]})")
                           << u"\"order\" is wrong"_s;
    QTest::newRow("entry") << QByteArray(R"({"scenario": 1, "emissions": [5]})")
                           << u"\"emissions[0]\" is wrong: it must be an object"_s;
}

void tst_Scenario::namesWhatIsWrong()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, sentence);

    const Result<Scenario> scenario = parseScenario(json, {});

    QVERIFY(!scenario);
    QVERIFY2(scenario.error().message.contains(sentence), qPrintable(scenario.error().message));
}

void tst_Scenario::readsAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"one lock.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"scenario": 1, "emissions": [{"event": "A"}]})");
    file.close();

    const Result<Scenario> scenario = readScenario(file.fileName());

    QVERIFY(scenario);
    QCOMPARE(scenario->name, u"one lock"_s);
    QCOMPARE(scenario->folder, folder.path());
    QVERIFY(!readScenario(folder.filePath(u"missing.json"_s)));
}

void tst_Scenario::everyStepCarriesTheConcurrency()
{
    const auto made = steps(R"({"scenario": 1, "concurrency": 3, "emissions": [
        {"event": "A", "count": 2}, {"event": "B"}, {"event": "B", "concurrency": 8}]})");

    QCOMPARE(made.size(), 3U);
    QCOMPARE(made[0].concurrency, 3U);
    QCOMPARE(made[1].concurrency, 3U);
    QCOMPARE(made[2].concurrency, 8U);
}

void tst_Scenario::stepsCarryTheDeadlineOfTheirTasks()
{
    const auto made = steps(R"({"scenario": 1, "order": "mixed", "emissions": [
        {"event": "A", "count": 2, "taskDeadlineMs": 250},
        {"event": "A", "count": 2}]})");

    quint64 hasty = 0;
    quint64 patient = 0;
    for (const ScenarioStep &step : made)
        (step.taskDeadline == std::chrono::milliseconds(250) ? hasty : patient) += step.count;
    QCOMPARE(hasty, 2U);
    QCOMPARE(patient, 2U);
}

void tst_Scenario::makesOneStepOfWhatIsAlike()
{
    const auto made = steps(R"({"scenario": 1, "emissions": [
        {"event": "A", "count": 1000000, "rate": 9, "fields": {"ms": 4}}]})");

    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].count, 1'000'000U);
    QCOMPARE(made[0].rate, 9.0);
    QCOMPARE(made[0].arguments.size(), 1);
    QCOMPARE(made[0].arguments[0].fields, (QCborMap{{u"ms"_s, 4}}));
}

void tst_Scenario::makesValuesAnew()
{
    const auto made = steps(R"({"scenario": 1, "emissions": [{"event": "A", "count": 5000,
        "arguments": [{"$range": [1, 3]}, {"$range": [0.5, 1]}, {"$pick": ["x", "y"]}],
        "named": {"deep": [{"$cycle": [1, 2]}]}}]})");

    QCOMPARE(made.size(), 2U); // more than one command takes
    QCOMPARE(made[0].count + made[1].count, 5'000U);
    std::set<qint64> whole;
    std::set<QString> picked;
    for (qsizetype i = 0; i < made[0].arguments.size(); ++i) {
        const Arguments &arguments = made[0].arguments[i];
        whole.insert(arguments.positional.at(0).toInteger());
        const double real = arguments.positional.at(1).toDouble();
        QVERIFY(real >= 0.5 && real <= 1);
        picked.insert(arguments.positional.at(2).toString());
        QCOMPARE(arguments.named[u"deep"_s].toArray().at(0).toInteger(), i % 2 + 1);
    }
    QCOMPARE(whole, (std::set<qint64>{1, 2, 3}));
    QCOMPARE(picked, (std::set<QString>{u"x"_s, u"y"_s}));
}

void tst_Scenario::replaysTheSameEmissions()
{
    const QByteArray json = R"({"scenario": 1, "seed": 5, "order": "mixed", "emissions": [
        {"event": "A", "count": 50, "arguments": [{"$range": [1, 1000]}]},
        {"event": "B", "count": 50}]})";
    QByteArray other = json;
    other.replace("\"seed\": 5", "\"seed\": 6");

    QCOMPARE(steps(json), steps(json));
    QVERIFY(steps(json) != steps(other));
    QCOMPARE(steps(R"({"scenario": 1, "seed": 5, "emissions": [{"event": "A",
        "arguments": [{"$range": [1, 1000000]}]}]})")[0]
                 .arguments[0]
                 .positional.at(0)
                 .toInteger(),
             358'619); // the same on every machine
}

void tst_Scenario::mixesAllParts()
{
    const auto made = steps(R"({"scenario": 1, "order": "mixed", "emissions": [
        {"event": "A", "count": 30}, {"event": "B", "count": 10}]})");

    std::map<QString, quint64> counts;
    for (const ScenarioStep &step : made)
        counts[step.event] += step.count;
    QCOMPARE(counts[u"A"_s], 30U);
    QCOMPARE(counts[u"B"_s], 10U);
    QVERIFY2(made.size() > 8, qPrintable(QString::number(made.size())));
}

void tst_Scenario::takesFilesInTurn()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u"in/deep"_s);
    for (const QString &name : {u"in/b"_s, u"in/a"_s, u"in/deep/c"_s}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    const Result<Scenario> scenario = parseScenario(R"({"scenario": 1, "emissions": [
        {"event": "A", "count": 4, "fields": {"path": {"$files": "in"}}}]})",
                                                    folder.path());
    const auto made = stepsOf(*scenario);

    QVERIFY(made);
    QStringList paths;
    for (const Arguments &arguments : made->at(0).arguments)
        paths.append(QDir(folder.path()).relativeFilePath(arguments.fields[u"path"_s].toString()));
    QCOMPARE(paths, (QStringList{u"in/a"_s, u"in/b"_s, u"in/deep/c"_s, u"in/a"_s}));
}

void tst_Scenario::refusesValuesItCannotMake_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("sentence");

    QTest::addColumn<QString>("place");

    QTest::newRow("range upside down")
        << QByteArray(R"({"$range": [3, 1]})") << u"lower first"_s << QString();
    QTest::newRow("nothing to pick")
        << QByteArray(R"({"$pick": []})") << u"at least one value"_s << QString();
    QTest::newRow("misspelled") << QByteArray(R"({"$rnage": [1, 2]})") << u"no \"$rnage\""_s
                                << QString();
    QTest::newRow("no folder") << QByteArray(R"({"$files": "none"})")
                               << u"There is no folder /nowhere/none"_s << QString();
    QTest::newRow("deep below") << QByteArray(R"([1, {"a": {"$range": []}}])") << u"two numbers"_s
                                << u"[1].a"_s;
    QTest::newRow("one of several") << QByteArray(R"({"$cycle": [1, 2, {"$pick": []}]})")
                                    << u"at least one value"_s << u".$cycle[2]"_s;
}

void tst_Scenario::refusesValuesItCannotMake()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, sentence);
    QFETCH(QString, place);
    for (const QByteArray order : {"sequence", "mixed"}) {
        Scenario scenario =
            parsed(R"({"scenario": 1, "order": ")" + order + R"(", "emissions": [{"event": "A"},
                {"event": "B", "count": 9, "arguments": [0, )"
                   + value + "]}]}");
        scenario.file = u"s.json"_s;

        const auto made = stepsOf(scenario);

        QVERIFY(!made);
        const QString message = made.error().message;
        QVERIFY2(message.contains(sentence), qPrintable(message));
        QVERIFY2(message.startsWith(u"s.json: emissions[1].arguments[1]"_s + place + u": "_s),
                 qPrintable(message));
    }
}

void tst_Scenario::aFolderWithoutFilesIsNamed()
{
    const QTemporaryDir folder;
    Scenario scenario = parsed(R"({"scenario": 1, "emissions": [{"event": "A",
        "fields": {"path": {"$files": "."}}}]})");
    scenario.folder = folder.path();

    const auto made = stepsOf(scenario);

    QVERIFY(!made);
    QCOMPARE(made.error().message,
             u"emissions[0].fields.path: There are no files in %1/. or below; name another folder "
             "in \"$files\"."_s.arg(folder.path()));
}

/// Emissions of several entries may share a step.
void tst_Scenario::stepsKnowWhereTheyAreWritten()
{
    Scenario scenario = parsed(R"({"scenario": 1, "order": "mixed", "emissions": [
        {"event": "A", "count": 20, "fields": {"k": 0}},
        {"event": "A", "count": 20, "fields": {"k": 1}}]})");
    scenario.file = u"s.json"_s;

    const auto made = stepsOf(scenario);

    QVERIFY(made);
    QCOMPARE(made->size(), 1U);
    for (qsizetype i = 0; i < 40; ++i) {
        const qint64 entry = made->at(0).arguments.at(i).fields[u"k"_s].toInteger();
        QCOMPARE(made->at(0).placeOf(i), u"s.json: emissions[%1]"_s.arg(entry));
    }
}

QTEST_GUILESS_MAIN(tst_Scenario)
#include "tst_scenario.moc"
