// SPDX-License-Identifier: MIT
#include "desktop/options.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static Result<Options> parse(QStringList arguments)
{
    arguments.prepend(u"fanfare"_s);
    return parseOptions(arguments);
}

class tst_Options : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMeansDefaults();
    void readsEverything();
    void makesPluginFoldersAbsolute();
    void filesAreRunsToBeShownOrCompared();
    void aMistakeIsOneSentence_data();
    void aMistakeIsOneSentence();
    void helpAndVersionComeWithoutAWindow();
};

void tst_Options::nothingMeansDefaults()
{
    const auto options = parse({});

    QVERIFY(options);
    QVERIFY(options->pluginFolders.isEmpty());
    QVERIFY(!options->workers);
    QVERIFY(!options->colorScheme);
    QVERIFY(options->information.isEmpty());
}

void tst_Options::readsEverything()
{
    const auto options = parse({u"--plugins"_s,
                                u"/a"_s,
                                u"--plugins"_s,
                                u"/b"_s,
                                u"--workers"_s,
                                u"4"_s,
                                u"--theme"_s,
                                u"dark"_s,
                                u"--demo"_s,
                                u"--reset-layout"_s,
                                u"--emit"_s,
                                u"StringEvent:2@5"_s,
                                u"--screenshot"_s,
                                u"x.png"_s,
                                u"--screenshot-after"_s,
                                u"500"_s,
                                u"--frame-log"_s,
                                u"f.json"_s,
                                u"--trace"_s,
                                u"t.json"_s,
                                u"--executor"_s,
                                u"processes"_s,
                                u"--queue-bound"_s,
                                u"9"_s,
                                u"--on-full"_s,
                                u"reject"_s});

    QVERIFY(options);
    QCOMPARE(options->pluginFolders, (QStringList{u"/a"_s, u"/b"_s}));
    QCOMPARE(options->workers, std::optional(4));
    QVERIFY(options->colorScheme == ColorScheme::Dark);
    QVERIFY(options->playDemo && options->resetLayout);
    QCOMPARE(options->commands.size(), 1);
    QCOMPARE(options->commands[0].event, u"StringEvent"_s);
    QCOMPARE(options->commands[0].count, 2);
    QCOMPARE(options->commands[0].rate, 5.0);
    QCOMPARE(options->screenshot, u"x.png"_s);
    QCOMPARE(options->screenshotAfter.count(), 500);
    QCOMPARE(options->frameLog, u"f.json"_s);
    QCOMPARE(options->traceFile, u"t.json"_s);
    QVERIFY(options->executor == ExecutorKind::Processes);
    QCOMPARE(options->queueBound.value_or(0), 9U);
    QVERIFY(options->onFull == FullPolicy::Reject);
}

void tst_Options::makesPluginFoldersAbsolute()
{
    const auto options = parse({u"--plugins"_s, u"here"_s});

    QVERIFY(options);
    QCOMPARE(options->pluginFolders, QStringList{QDir::currentPath() + u"/here"_s});
}

void tst_Options::filesAreRunsToBeShownOrCompared()
{
    const QString file = QCoreApplication::applicationFilePath(); // it is there, that is enough

    const auto shown = parse({file});
    const auto compared = parse({u"--compare"_s, u"--runs"_s, u"kept"_s, file, file});

    QVERIFY(shown && compared);
    QCOMPARE(shown->runFiles, QStringList(file));
    QVERIFY(!shown->compareRuns);
    QVERIFY(compared->compareRuns);
    QCOMPARE(compared->runFolder, QDir::current().absoluteFilePath(u"kept"_s));
}

void tst_Options::aMistakeIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");

    const auto row = [](const char *name, const QStringList &arguments, const QString &part) {
        QTest::newRow(name) << arguments << part;
    };
    row("no workers", {u"--workers"_s, u"0"_s}, u"from 1 to 256, not \"0\""_s);
    row("too many workers", {u"--workers"_s, u"257"_s}, u"from 1 to 256"_s);
    row("junk workers", {u"--workers"_s, u"two"_s}, u"not \"two\""_s);
    row("unknown option", {u"--wokrers"_s, u"2"_s}, u"wokrers"_s);
    row("unknown theme", {u"--theme"_s, u"pink"_s}, u"light, dark or system"_s);
    row("unknown executor", {u"--executor"_s, u"gpu"_s}, u"threads, processes or cluster"_s);
    row("safe and not", {u"--safe-mode"_s, u"--plugins"_s, u"."_s}, u"leave out one of them"_s);
    row("no queue", {u"--queue-bound"_s, u"0"_s}, u"from 1 to 10000000"_s);
    row("unknown rule", {u"--on-full"_s, u"wait"_s}, u"block, reject or drop-oldest"_s);
    row("something else", {u"file.txt"_s}, u"\"file.txt\""_s);
    row("a comparison of one", {u"--compare"_s, QCoreApplication::applicationFilePath()},
        u"two runs"_s);
    row("emit nothing", {u"--emit"_s, u"A:0"_s}, u"EVENT:count"_s);
    row("missing value", {u"--workers"_s}, u"workers"_s);
}

void tst_Options::aMistakeIsOneSentence()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, part);

    const auto options = parse(arguments);

    QVERIFY(!options);
    const QString message = options.error().message;
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(message.endsWith(u"Try --help."_s));
    QVERIFY(!message.contains(u'\n'));
}

void tst_Options::helpAndVersionComeWithoutAWindow()
{
    QVERIFY(parse({u"--help"_s})->information.contains(u"--plugins"_s));
    QVERIFY(parse({u"--version"_s})->information.startsWith(u"fanfare "_s));
    QVERIFY(!parse({u"--help"_s})->information.contains(u"--emit"_s));
}

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_options.moc"
