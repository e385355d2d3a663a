// SPDX-License-Identifier: MIT
#include "cli/options.h"

#include <fanfare/cluster/brokertransport.h>

#include <QTest>

using namespace Fanfare;
using namespace Fanfare::Cli;
using namespace Qt::StringLiterals;

class tst_RunOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void playsThreadsAgainstProcessesUnlessTold();
    void understandsEveryOptionOfRun();
    void aClusterIsOneConfiguration();
    void understandsCompare();
    void refusesWithOneSentence_data();
    void refusesWithOneSentence();
    void playsForwardsAndBackwards();
};

static Options parsed(const QStringList &arguments)
{
    Result<Options> options = parseOptions(arguments);
    if (!options)
        qFatal("%s", qPrintable(options.error().message));
    return *options;
}

void tst_RunOptions::playsThreadsAgainstProcessesUnlessTold()
{
    const Options options = parsed({u"run"_s, u"a.json"_s});

    QCOMPARE(options.verb, Verb::Run);
    QCOMPARE(options.run.scenario, u"a.json"_s);
    QCOMPARE(options.run.configurations,
             (QList<RunConfiguration>{{ExecutorKind::Threads, 0}, {ExecutorKind::Processes, 0}}));
    QCOMPARE(options.run.repeat, 1);
}

void tst_RunOptions::understandsEveryOptionOfRun()
{
    const Options options = parsed(
        {u"run"_s, u"a.json"_s, u"--executor"_s, u"processes,threads"_s, u"--workers=1,4"_s,
         u"--repeat"_s, u"5"_s, u"--label"_s, u"mine"_s, u"--report"_s, u"r.html"_s, u"--runs"_s,
         u"d"_s, u"--queue-bound"_s, u"50"_s, u"--json"_s, u"--plugins"_s, u"p"_s});

    QCOMPARE(options.run.configurations,
             (QList<RunConfiguration>{{ExecutorKind::Processes, 1},
                                      {ExecutorKind::Processes, 4},
                                      {ExecutorKind::Threads, 1},
                                      {ExecutorKind::Threads, 4}}));
    QCOMPARE(options.run.repeat, 5);
    QCOMPARE(options.run.label, u"mine"_s);
    QCOMPARE(options.run.report, u"r.html"_s);
    QCOMPARE(options.run.runsFolder, u"d"_s);
    QCOMPARE(options.queueBound, 50U);
    QVERIFY(options.json);
    QCOMPARE(options.pluginFolders, QStringList{u"p"_s});
}

void tst_RunOptions::aClusterIsOneConfiguration()
{
    if (!hasBrokerTransport())
        QSKIP("This build reaches no broker.");
    const Options options = parsed({u"run"_s, u"a.json"_s, u"--executor"_s, u"threads,cluster"_s,
                                    u"--workers=1,4"_s, u"--broker"_s, u"amqp://a@127.0.0.1/v"_s});

    QCOMPARE(options.run.configurations,
             (QList<RunConfiguration>{{ExecutorKind::Threads, 1},
                                      {ExecutorKind::Threads, 4},
                                      {ExecutorKind::Cluster, 0}}));
    QCOMPARE(options.cluster.broker, u"amqp://a@127.0.0.1/v"_s);
}

void tst_RunOptions::understandsCompare()
{
    const Options options =
        parsed({u"compare"_s, u"a,b"_s, u"c"_s, u"--format"_s, u"md"_s, u"--threshold"_s, u"10"_s});

    QCOMPARE(options.verb, Verb::Compare);
    QCOMPARE(options.run.left, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(options.run.right, QStringList{u"c"_s});
    QCOMPARE(options.run.format, ReportFormat::Markdown);
    QCOMPARE(options.run.threshold, 0.1);
}

void tst_RunOptions::refusesWithOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");

    const auto row = [](const char *name, const QString &line, const QString &sentence) {
        QTest::newRow(name) << line.split(u' ') << sentence;
    };
    row("no scenario", u"run"_s, u"run needs one scenario"_s);
    row("two scenarios", u"run a b"_s, u"run needs one scenario"_s);
    row("unknown executor", u"run a --executor threads,fibers"_s, u"not \"fibers\""_s);
    row("a broker for nobody", u"run a --broker amqp://localhost"_s,
        u"--broker goes with --executor cluster"_s);
    row("no workers", u"run a --workers 2,0"_s, u"from 1 to 256, not \"0\""_s);
    row("never", u"run a --repeat 0"_s, u"--repeat must be a whole number from 1 to 1000"_s);
    row("count belongs to emit", u"run a --count 5"_s,
        u"--count goes with `fanfare-cli emit` or `fanfare-cli cluster` only"_s);
    row("one run", u"compare a"_s, u"compare needs two runs"_s);
    row("format", u"compare a b --format pdf"_s, u"table, md, json, csv or html"_s);
    row("threshold", u"compare a b --threshold x"_s, u"--threshold must be a percentage"_s);
    row("words", u"runs a"_s, u"runs takes no words"_s);
    row("schema", u"run a --schema E"_s, u"--schema goes with `fanfare-cli plugins` only"_s);
}

void tst_RunOptions::refusesWithOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);

    const Result<Options> options = parseOptions(arguments);

    QVERIFY(!options);
    QVERIFY2(options.error().message.contains(sentence), qPrintable(options.error().message));
}

void tst_RunOptions::playsForwardsAndBackwards()
{
    QCOMPARE(roundOrder(2, 4), (std::vector<size_t>{0, 1, 1, 0, 0, 1, 1, 0}));
    QCOMPARE(roundOrder(3, 2), (std::vector<size_t>{0, 1, 2, 2, 1, 0}));
    QCOMPARE(roundOrder(1, 2), (std::vector<size_t>{0, 0}));
}

QTEST_GUILESS_MAIN(tst_RunOptions)
#include "tst_runoptions.moc"
