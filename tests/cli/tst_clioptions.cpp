// SPDX-License-Identifier: MIT
#include "cli/options.h"
#include "cli/wording.h"

#include <fanfare/cluster/brokertransport.h>

#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Fanfare::Cli;

class tst_CliOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsEveryOption();
    void understandsACluster();
    void theSpeedIsOfAPlanOrARun();
    void leavesOutWhatIsNotGiven();
    void takesJsonFromAFile();
    void helpAndVersionNeedNothingElse_data();
    void helpAndVersionNeedNothingElse();
    void refusesWithOneSentence_data();
    void refusesWithOneSentence();
    void sentencesAreSafeOnATerminal();
};

void tst_CliOptions::understandsEveryOption()
{
    const Result<Options> options = parseOptions({u"emit"_qs,
                                                  u"--args"_qs,
                                                  u"[1, \"two\"]"_qs,
                                                  u"E"_qs,
                                                  u"--named={\"a\":0.5}"_qs,
                                                  u"--fields"_qs,
                                                  u"{\"ms\": 5}"_qs,
                                                  u"--each-file"_qs,
                                                  u"/d"_qs,
                                                  u"--count"_qs,
                                                  u"3"_qs,
                                                  u"--rate"_qs,
                                                  u"2.5"_qs,
                                                  u"--concurrency=8"_qs,
                                                  u"--deadline=1500"_qs,
                                                  u"--executor"_qs,
                                                  u"inline"_qs,
                                                  u"--workers"_qs,
                                                  u"256"_qs,
                                                  u"--queue-bound"_qs,
                                                  u"50"_qs,
                                                  u"--on-full"_qs,
                                                  u"drop-oldest"_qs,
                                                  u"--plugins"_qs,
                                                  u"a"_qs,
                                                  u"--plugins=b"_qs,
                                                  u"--timeout"_qs,
                                                  u"0.25"_qs,
                                                  u"--trace"_qs,
                                                  u"t.json"_qs,
                                                  u"--json"_qs});

    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(options->verb, Verb::Emit);
    QCOMPARE(options->event, u"E"_qs);
    QCOMPARE(options->arguments.positional, QCborArray({1, u"two"_qs}));
    QCOMPARE(options->arguments.named, QCborMap({{u"a"_qs, 0.5}}));
    QCOMPARE(options->arguments.fields, QCborMap({{u"ms"_qs, 5}}));
    QCOMPARE(options->eachFile, u"/d"_qs);
    QCOMPARE(options->count, 3u);
    QCOMPARE(options->rate, 2.5);
    QCOMPARE(options->concurrency, 8u);
    QCOMPARE(options->deadline, std::chrono::milliseconds(1500));
    QCOMPARE(options->executor, ExecutorKind::Inline);
    QCOMPARE(options->workers, 256);
    QCOMPARE(options->queueBound, 50u);
    QCOMPARE(options->onFull, FullPolicy::DropOldest);
    QCOMPARE(options->pluginFolders, QStringList({u"a"_qs, u"b"_qs}));
    QCOMPARE(options->timeout->count(), 250);
    QCOMPARE(options->traceFile, u"t.json"_qs);
    QVERIFY(options->json);
}

void tst_CliOptions::understandsACluster()
{
    if (!hasBrokerTransport())
        QSKIP("This build reaches no broker.");

    const Result<Options> options = parseOptions(
        {u"emit"_qs, u"E"_qs, u"--executor"_qs, u"cluster"_qs, u"--broker"_qs,
         u"amqp://a@far.example/v"_qs, u"--broker-plain-text"_qs, u"--start-within=1.5"_qs});

    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QVERIFY(options->executor == ExecutorKind::Cluster);
    QCOMPARE(options->cluster.broker, u"amqp://a@far.example/v"_qs);
    QVERIFY(options->cluster.secrets.allowsPlainText);
    QCOMPARE(options->cluster.startWithin.count(), 1500);
}

void tst_CliOptions::theSpeedIsOfAPlanOrARun()
{
    const auto plan = parseOptions({u"emit"_qs, u"--plan"_qs, u"p.json"_qs, u"--speed=max"_qs});
    const auto run = parseOptions({u"run"_qs, u"p.json"_qs, u"--speed"_qs, u"2.5"_qs});
    const auto usual = parseOptions({u"run"_qs, u"p.json"_qs});
    const auto event = parseOptions({u"emit"_qs, u"E"_qs, u"--speed=2"_qs});
    const auto slow = parseOptions({u"run"_qs, u"p.json"_qs, u"--speed=0.01"_qs});

    QVERIFY(plan && run && usual);
    QCOMPARE(plan->speed, asFastAsPossible);
    QCOMPARE(run->speed, 2.5);
    QCOMPARE(usual->speed, 1.0);
    QVERIFY(!event && event.error().message.contains(u"--plan"_qs));
    QVERIFY(!slow && slow.error().message.contains(u"0.1 to 100"_qs));
}

void tst_CliOptions::leavesOutWhatIsNotGiven()
{
    const Result<Options> options = parseOptions({u"emit"_qs, u"--"_qs, u"--odd"_qs});

    QVERIFY(options);
    QCOMPARE(options->event, u"--odd"_qs);
    QCOMPARE(options->count, 1u);
    QCOMPARE(options->rate, 0.0);
    QCOMPARE(options->workers, 0);
    QCOMPARE(options->executor, ExecutorKind::Threads);
    QVERIFY(!options->timeout);
    QVERIFY(options->arguments.isEmpty());
    QVERIFY(!options->json);
}

void tst_CliOptions::takesJsonFromAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"args.json"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[\"" + QByteArray(200'000, 'x') + "\"]"); // more than one word can hold
    file.close();

    const Result<Options> options =
        parseOptions({u"emit"_qs, u"E"_qs, u"--args"_qs, u'@' + file.fileName()});

    QVERIFY(options);
    QCOMPARE(options->arguments.positional.at(0).toString().size(), 200'000);
}

void tst_CliOptions::helpAndVersionNeedNothingElse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QString>("topic");
    QTest::newRow("--help") << QStringList{u"--help"_qs} << Verb::Help << QString();
    QTest::newRow("-h") << QStringList{u"-h"_qs} << Verb::Help << QString();
    QTest::newRow("help") << QStringList{u"help"_qs} << Verb::Help << QString();
    QTest::newRow("help emit") << QStringList{u"help"_qs, u"emit"_qs} << Verb::Help << u"emit"_qs;
    QTest::newRow("emit --help") << QStringList{u"emit"_qs, u"--help"_qs} << Verb::Help
                                 << u"emit"_qs;
    QTest::newRow("plugins --help")
        << QStringList{u"plugins"_qs, u"--help"_qs} << Verb::Help << u"plugins"_qs;
    QTest::newRow("--version") << QStringList{u"--version"_qs} << Verb::Version << QString();
}

void tst_CliOptions::helpAndVersionNeedNothingElse()
{
    QFETCH(QStringList, arguments);

    const Result<Options> options = parseOptions(arguments);

    QVERIFY(options);
    QTEST(options->verb, "verb");
    QTEST(options->helpTopic, "topic");
}

void tst_CliOptions::refusesWithOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("named"); // what the sentence must name
    const auto row = [](const char *name, const QString &line, const QStringList &named) {
        QTest::newRow(name) << line.split(u' ') << named;
    };
    const auto emitRow = [](const char *name, const QStringList &options,
                            const QStringList &named) {
        QTest::newRow(name) << QStringList{u"emit"_qs, u"E"_qs} + options << named;
    };
    QTest::newRow("nothing") << QStringList() << QStringList{u"Say what to do"_qs};
    row("unknown verb", u"emitt E"_qs, {u"\"emitt\""_qs, u"did you mean emit?"_qs});
    row("no event", u"emit"_qs, {u"emit EVENT"_qs});
    row("two events", u"emit A B"_qs, {u"\"B\""_qs});
    row("word after plugins", u"plugins x"_qs, {u"\"x\""_qs, u"--plugins DIR"_qs});
    row("emit option of plugins", u"plugins --count 3"_qs, {u"--count"_qs, u"fanfare-cli emit"_qs});
    QTest::newRow("schema of nothing")
        << QStringList{u"plugins"_qs, u"--schema="_qs} << QStringList{u"--schema EVENT"_qs};
    QTest::newRow("lift of nothing")
        << QStringList{u"plugins"_qs, u"--lift="_qs} << QStringList{u"--lift HANDLER"_qs};
    row("safe mode with a folder", u"plugins --safe-mode --plugins ."_qs,
        {u"--safe-mode"_qs, u"--plugins"_qs});
    emitRow("schema while emitting", {u"--schema"_qs, u"E"_qs},
            {u"--schema"_qs, u"fanfare-cli plugins"_qs});
    emitRow("unknown option", {u"--cuont"_qs, u"3"_qs}, {u"\"--cuont\""_qs, u"mean --count"_qs});
    emitRow("short option", {u"-n"_qs}, {u"\"-n\""_qs});
    emitRow("missing value", {u"--count"_qs}, {u"--count N"_qs});
    emitRow("option as value", {u"--trace"_qs, u"--json"_qs}, {u"--trace FILE"_qs});
    emitRow("value of a switch", {u"--json=yes"_qs}, {u"--json"_qs, u"no value"_qs});
    emitRow("repeated", {u"--count"_qs, u"1"_qs, u"--count"_qs, u"2"_qs},
            {u"--count"_qs, u"twice"_qs});
    emitRow("--workers 0", {u"--workers"_qs, u"0"_qs},
            {u"--workers"_qs, u"1 to 256"_qs, u"\"0\""_qs});
    emitRow("--workers 257", {u"--workers"_qs, u"257"_qs}, {u"--workers"_qs, u"\"257\""_qs});
    emitRow("--workers two", {u"--workers"_qs, u"two"_qs}, {u"--workers"_qs, u"\"two\""_qs});
    emitRow("half a --deadline", {u"--deadline=0.5"_qs},
            {u"--deadline"_qs, u"1 to 86400000"_qs, u"\"0.5\""_qs});
    emitRow("--deadline of two days", {u"--deadline=172800000"_qs}, {u"1 to 86400000"_qs});
    emitRow("--concurrency 0", {u"--concurrency=0"_qs}, {u"--concurrency"_qs, u"\"0\""_qs});
    emitRow("huge --concurrency", {u"--concurrency=100001"_qs}, {u"1 to 100000"_qs});
    emitRow("--count 0", {u"--count"_qs, u"0"_qs}, {u"--count"_qs, u"\"0\""_qs});
    emitRow("--count -1", {u"--count"_qs, u"-1"_qs}, {u"--count"_qs, u"\"-1\""_qs});
    emitRow("--count 1.5", {u"--count=1.5"_qs}, {u"--count"_qs, u"whole number"_qs});
    emitRow("huge --count", {u"--count=99999999999999999999"_qs}, {u"--count"_qs});
    for (const QString &bad : {u"0"_qs, u"-5"_qs, u"fast"_qs, u"nan"_qs, u"inf"_qs, u"1e999"_qs}) {
        const QByteArray name = "--rate " + bad.toLatin1();
        emitRow(name.constData(), {u"--rate="_qs + bad}, {u"--rate"_qs, u'"' + bad + u'"'});
    }
    emitRow("--timeout 0", {u"--timeout=0"_qs}, {u"--timeout"_qs, u"\"0\""_qs});
    emitRow("--timeout soon", {u"--timeout=soon"_qs}, {u"--timeout"_qs, u"seconds"_qs});
    emitRow("--timeout for ever", {u"--timeout=1e7"_qs}, {u"--timeout"_qs, u"1000000"_qs});
    emitRow("no bound", {u"--queue-bound=0"_qs}, {u"\"0\""_qs, u"1 to 10000000"_qs});
    emitRow("huge bound", {u"--queue-bound=10000001"_qs}, {u"\"10000001\""_qs});
    emitRow("odd policy", {u"--on-full=wait"_qs},
            {u"\"wait\""_qs, u"reject, block or drop-oldest"_qs});
    emitRow("other executor", {u"--executor=gpu"_qs},
            {u"\"gpu\""_qs, u"threads, processes, inline or cluster"_qs});
    emitRow("a broker without a cluster", {u"--broker"_qs, u"amqp://localhost"_qs},
            {u"--broker"_qs, u"--executor cluster"_qs});
    for (const QString &name : {u"threads"_qs, u"processes"_qs, u"inline"_qs})
        emitRow(("start within on " + name.toUtf8()).constData(),
                {u"--executor"_qs, name, u"--start-within=5"_qs},
                {u"--start-within"_qs, u"--executor cluster"_qs, u"--timeout"_qs});
    if (hasBrokerTransport()) {
        const QStringList cluster{u"--executor"_qs, u"cluster"_qs, u"--broker"_qs};
        emitRow("a cluster without a broker", {u"--executor"_qs, u"cluster"_qs},
                {u"--broker amqps://USER@HOST/VHOST"_qs});
        emitRow("a password for everybody", cluster + QStringList{u"amqp://a:b@localhost"_qs},
                {u"password"_qs, u"FANFARE_BROKER_PASSWORD"_qs});
        emitRow("plain text to elsewhere", cluster + QStringList{u"amqp://a@far.example"_qs},
                {u"amqps"_qs});
        emitRow("a secret that is not there",
                cluster
                    + QStringList{u"amqp://localhost"_qs, u"--broker-password-file=/no/such"_qs},
                {u"/no/such"_qs});
        emitRow("workers of a cluster",
                cluster + QStringList{u"amqp://localhost"_qs, u"--workers=4"_qs},
                {u"--workers"_qs, u"host"_qs});
        row("no word of a cluster", u"cluster --broker amqp://localhost"_qs,
            {u"cluster status"_qs});
        row("other word of a cluster", u"cluster start"_qs, {u"cluster status"_qs});
        row("dead tasks of nobody", u"cluster dead"_qs, {u"--broker"_qs});
        row("no dead task", u"cluster dead --broker amqp://localhost --count 0"_qs,
            {u"--count"_qs, u"1 to 10000"_qs});
        row("a count of hosts", u"cluster status --broker amqp://localhost --count 3"_qs,
            {u"--count"_qs, u"cluster dead"_qs});
        for (const QString &bad : {u"0"_qs, u"-1"_qs, u"soon"_qs, u"1e7"_qs})
            emitRow(("--start-within " + bad.toUtf8()).constData(),
                    cluster + QStringList{u"amqp://localhost"_qs, u"--start-within="_qs + bad},
                    {u"--start-within"_qs, u'"' + bad + u'"', u"1000000"_qs});
    }
    emitRow("wrong JSON", {u"--args"_qs, u"[1, x]"_qs}, {u"--args"_qs, u"character 5"_qs});
    emitRow("cut JSON", {u"--named"_qs, u"{\"a\":"_qs}, {u"--named"_qs, u"at character"_qs});
    emitRow("text after JSON", {u"--fields"_qs, u"{} 5"_qs}, {u"--fields"_qs, u"at character"_qs});
    emitRow("position counts characters", {u"--args"_qs, u"[\"äöü\", x]"_qs}, {u"character 9"_qs});
    emitRow("--args is an object", {u"--args"_qs, u"{}"_qs}, {u"--args"_qs, u"JSON array"_qs});
    emitRow("--args is a number", {u"--args"_qs, u"5"_qs}, {u"--args"_qs, u"JSON array"_qs});
    emitRow("--named is an array", {u"--named"_qs, u"[]"_qs}, {u"--named"_qs, u"JSON object"_qs});
    emitRow("--fields is text", {u"--fields"_qs, u"\"x\""_qs}, {u"--fields"_qs, u"JSON object"_qs});
    emitRow("empty JSON", {u"--args="_qs}, {u"--args"_qs, u"empty"_qs});
    emitRow("deep JSON", {u"--args"_qs, QString(2000, u'[')}, {u"--args"_qs, u"at character"_qs});
    emitRow("missing file", {u"--args"_qs, u"@/no/such/file"_qs},
            {u"--args"_qs, u"/no/such/file"_qs});
    emitRow("folder as file", {u"--args"_qs, u"@/"_qs}, {u"--args"_qs, u"\"/\""_qs});
    emitRow("empty --each-file", {u"--each-file="_qs}, {u"--each-file DIR"_qs});
    emitRow("empty --trace", {u"--trace="_qs}, {u"--trace FILE"_qs});
}

void tst_CliOptions::refusesWithOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, named);

    const Result<Options> options = parseOptions(arguments);

    QVERIFY(!options);
    const QString sentence = options.error().message;
    for (const QString &part : named)
        QVERIFY2(sentence.contains(part), qPrintable(sentence + u" does not say "_qs + part));
    QVERIFY2(sentence.endsWith(u'.') && !sentence.contains(u'\n'), qPrintable(sentence));
    QVERIFY2(sentence.size() < 300, qPrintable(sentence));
}

void tst_CliOptions::sentencesAreSafeOnATerminal()
{
    const Result<Options> options =
        parseOptions({u"emit"_qs, u"E"_qs, u"--count"_qs, u"\x1b[2J"_qs});

    QVERIFY(!options);
    QVERIFY(!options.error().message.contains(u'\x1b'));
    QVERIFY(options.error().message.contains(u"\\x1b[2J"_qs));
}

QTEST_APPLESS_MAIN(tst_CliOptions)
#include "tst_clioptions.moc"
