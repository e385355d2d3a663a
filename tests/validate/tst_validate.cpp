// SPDX-License-Identifier: MIT
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

struct Answer
{
    int exitCode = -1;
    QString out;
    QString err;
    QList<QJsonObject> objects; ///< of --json

    /// "handler: code" of every finding, in order; without a handler only the code.
    QStringList story() const
    {
        QStringList story;
        for (const QJsonValue &value : objects.value(0).value(u"findings"_s).toArray()) {
            const QString handler = value[u"handler"].toString();
            story.append((handler.isEmpty() ? QString() : handler + u": "_s)
                         + value[u"code"].toString());
        }
        return story;
    }
    QJsonObject finding(int index) const
    {
        return objects.value(0).value(u"findings"_s).toArray().at(index).toObject();
    }
};

static Answer validate(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-validate"), arguments);
    if (!process.waitForFinished(120'000))
        return {};
    Answer answer;
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    answer.out = QString::fromUtf8(process.readAllStandardOutput());
    answer.err = QString::fromUtf8(process.readAllStandardError());
    for (const QString &line : answer.out.split(u'\n', Qt::SkipEmptyParts))
        answer.objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
    return answer;
}

static QString fixture(const QString &kind)
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/%1/%1.so").arg(kind);
}

static QString bundled(const QString &name)
{
    return QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/%1.so").arg(name);
}

class tst_Validate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void findsWhatHandlersDo_data();
    void findsWhatHandlersDo();
    void tellsHowMuchIsLeftBehind();
    void findsWhatLoadingDoes();
    void filesAreJudgedAsByTheEngine_data();
    void filesAreJudgedAsByTheEngine();
    void handlersThatMisbehaveOnPurposeAreNotRun();
    void sameSeedGivesTheSameFindings();
    void leavesNothingBehind();
    void interruptionLeavesNothingBehind();
    void textNamesTheWayOutAndHowToSeeItAgain();
    void listsItsChecks();
    void commandLinesWithoutSense_data();
    void commandLinesWithoutSense();
};

void tst_Validate::findsWhatHandlersDo_data()
{
    QTest::addColumn<QString>("handler");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *handler, const QString &code, const QString &message) {
        QTest::newRow(handler) << QString::fromLatin1(handler) << code << message;
    };

    row("good", {}, {});
    row("ignores-stop", u"ignores-stop"_s,
        u"It does not end within 2 s after it was asked to stop, when it runs with the defaults"_s);
    row("async-ignores-stop", u"ignores-stop"_s,
        u"It does not end within 2 s after it was asked to stop, when it runs with the defaults"_s);
    row("throws-number", u"foreign-exception"_s,
        u"It throws what is no std::exception, when it runs with the defaults"_s);
    row("wordless", u"wordless-exception"_s,
        u"It throws an exception without a text, when it runs with the defaults"_s);
    row("surrogate", u"result-stays"_s,
        u"Its result cannot leave the process when it runs with the defaults: it holds text that "
        u"is no valid Unicode or begins with U+FEFF"_s);
    row("noisy", u"noisy-run"_s, u"It writes to standard output"_s);
    row("signals", u"takes-signals"_s, u"Running it changes the handler of SIGTERM"_s);
    row("environment", u"changes-environment"_s, u"Running it changes the variable RUDE"_s);
    row("folder", u"changes-environment"_s, u"Running it changes the working directory"_s);
    row("leaks-descriptors", u"leaks-descriptors"_s, u"Runs leave files or sockets open"_s);
    row("leaks-threads", u"leaks-threads"_s, u"Runs leave threads behind"_s);
    row("alone", u"crashed"_s, u"It crashes (SIGABRT) when 4 calls run at once"_s);
    row("exits", u"exited"_s, u"It ends its process (code 9) when it runs with the defaults"_s);
    row("large-number", u"crashed"_s, u"It crashes (SIGABRT) when it runs with random arguments"_s);
    row("long-text", u"crashed"_s,
        u"It crashes (SIGABRT) when it runs with arguments that do not fit"_s);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    row("leaks-memory", u"leaks-memory"_s, {});
    row("leaves-process", u"leaves-processes"_s, {});
#endif
}

void tst_Validate::findsWhatHandlersDo()
{
    QFETCH(QString, handler);
    QFETCH(QString, code);
    QFETCH(QString, message);

    const Answer answer =
        validate({u"--json"_s, u"--handler"_s, handler, fixture(u"rude-handlers"_s)});

    QCOMPARE(answer.story().join(u", "_s),
             code.isEmpty() ? QString() : QString(handler + u": "_s + code));
    QCOMPARE(answer.exitCode, code.isEmpty() ? 0 : 1);
    if (!message.isEmpty())
        QCOMPARE(answer.finding(0).value(u"message"_s).toString(), message);
}

void tst_Validate::tellsHowMuchIsLeftBehind()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers have an allocator of their own");
#endif
    const Answer answer =
        validate({u"--json"_s, u"--handler"_s, u"leaks-memory"_s, fixture(u"rude-handlers"_s)});

    const QRegularExpression sentence(
        u"^A run leaves (\\d+) bytes of memory behind, on average$"_s);
    const auto match = sentence.match(answer.finding(0).value(u"message"_s).toString());
    QVERIFY(match.hasMatch());
    // 112 it is; what else the process gives back meanwhile makes it look less.
    const int bytes = match.captured(1).toInt();
    QVERIFY2(bytes > 56 && bytes <= 112, qPrintable(match.captured()));
}

void tst_Validate::findsWhatLoadingDoes()
{
    const Answer answer = validate({u"--json"_s, fixture(u"rude-at-load"_s)});

    const QStringList expected{u"lists-differ"_s,        u"work: shared-handler"_s,
                               u"work: wrong-kind"_s,    u"bad-default"_s,
                               u"described-twice"_s,     u"invents-handlers"_s,
                               u"invents-extensions"_s,  u"takes-signals"_s,
                               u"changes-environment"_s, u"noisy-load"_s};
    QCOMPARE(answer.story(), expected);
}

void tst_Validate::filesAreJudgedAsByTheEngine_data()
{
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("bad-metadata") << QStringList{u"bad-metadata"_s};
    QTest::newRow("wrong-iid") << QStringList{u"foreign-plugin"_s};
    QTest::newRow("aborts-at-load") << QStringList{u"crashed-at-load"_s};
    QTest::newRow("missing-symbol") << QStringList{u"missing-symbol"_s};
    QTest::newRow("missing-handler") << QStringList{u"handlers-differ"_s};
    QTest::newRow("aborts-in-destructor") << QStringList{u"crashed"_s};
    QTest::newRow("well-behaved") << QStringList();
}

void tst_Validate::filesAreJudgedAsByTheEngine()
{
    QFETCH(QStringList, codes);
    const QString file = fixture(QString::fromLatin1(QTest::currentDataTag()));

    const Answer answer = validate({u"--json"_s, file});

    QCOMPARE(answer.story(), codes);
    QCOMPARE(answer.objects.value(0).value(u"valid"_s).toBool(), codes.isEmpty());
}

void tst_Validate::handlersThatMisbehaveOnPurposeAreNotRun()
{
    const Answer answer = validate({u"--json"_s, bundled(u"chaos"_s)});

    QCOMPARE(answer.story(), QStringList());
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.objects.value(0).value(u"handlers"_s).toArray().size(), 0);
    QVERIFY(answer.objects.value(0).value(u"notRun"_s).toArray().contains(u"segfault"_s));
}

void tst_Validate::sameSeedGivesTheSameFindings()
{
    const QStringList arguments{u"--json"_s,    u"--seed"_s,       u"77"_s,
                                u"--handler"_s, u"large-number"_s, fixture(u"rude-handlers"_s)};

    const Answer first = validate(arguments);
    const Answer second = validate(arguments);

    QVERIFY(first.finding(0).value(u"payload"_s).toString().contains(u"\"n\":"_s));
    QCOMPARE(first.finding(0).value(u"payload"_s), second.finding(0).value(u"payload"_s));
}

/// The processes that have the plugin \a path mapped.
static QStringList usersOf(const QString &path)
{
    QStringList users;
    const QDir processes(u"/proc"_s);
    for (const QString &process : processes.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile maps(processes.filePath(process + u"/maps"_s));
        if (maps.open(QIODevice::ReadOnly) && maps.readAll().contains(QFile::encodeName(path)))
            users.append(process);
    }
    return users;
}

static QStringList scratchFolders()
{
    return QDir(QDir::tempPath()).entryList({u"fanfare-validate-*"_s}, QDir::Dirs);
}

void tst_Validate::leavesNothingBehind()
{
    const QStringList before = scratchFolders();

    validate({u"--handler"_s, u"leaves-process"_s, fixture(u"rude-handlers"_s)});

    QCOMPARE(scratchFolders(), before);
    // What it forked is killed as well, and gone a moment later.
    QTRY_COMPARE(usersOf(fixture(u"rude-handlers"_s)), QStringList());
}

void tst_Validate::interruptionLeavesNothingBehind()
{
    const QStringList before = scratchFolders();
    const QString file = fixture(u"rude-handlers"_s);
    QProcess process;
    process.start(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-validate"), {file});
    QVERIFY(QTest::qWaitFor([&] { return !usersOf(file).isEmpty(); }, 60'000));

    ::kill(pid_t(process.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);

    QCOMPARE(process.exitCode(), 130);
    QTRY_COMPARE(usersOf(file), QStringList());
    QCOMPARE(scratchFolders(), before);
}

void tst_Validate::textNamesTheWayOutAndHowToSeeItAgain()
{
    const QString file = fixture(u"rude-handlers"_s);

    const Answer answer = validate({u"--seed=5"_s, u"--handler=exits"_s, file});

    QCOMPARE(answer.out,
             u"%1: 1 finding\n"
             u"  exited  exits: It ends its process (code 9) when it runs with the defaults.\n"
             u"      Throw an exception instead of ending the process.\n"
             u"      Arguments: {\"fields\":{\"n\":0,\"text\":\"\"}}\n"
             u"      Again: fanfare-validate --seed 5 --handler 'exits' '%1'\n"_s.arg(file));
    QCOMPARE(answer.err, QString());
}

void tst_Validate::listsItsChecks()
{
    const Answer answer = validate({u"--list"_s, u"--json"_s});

    QCOMPARE(answer.exitCode, 0);
    QVERIFY(answer.objects.size() >= 20);
    for (const QJsonObject &check : answer.objects)
        QVERIFY(!check.value(u"summary"_s).toString().isEmpty());
}

void tst_Validate::commandLinesWithoutSense_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("nothing") << QStringList()
                             << u"Say which plugin: fanfare-validate FILE.so; --help tells more."_s;
    QTest::newRow("unknown option") << QStringList{u"--fast"_s}
                                    << u"There is no option \"--fast\"; `fanfare-validate --help` "
                                       u"lists them."_s;
    QTest::newRow("no seed") << QStringList{u"--seed"_s} << u"--seed needs a value."_s;
    QTest::newRow("odd runs") << QStringList{u"--runs=0"_s, u"x.so"_s}
                              << u"--runs must be a whole number in its range, not \"0\"; --help "
                                 u"tells more."_s;
}

void tst_Validate::commandLinesWithoutSense()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);

    const Answer answer = validate(arguments);

    QCOMPARE(answer.exitCode, 2);
    QCOMPARE(answer.err, u"fanfare-validate: %1\n"_s.arg(sentence));
    QCOMPARE(answer.out, QString());
}

QTEST_GUILESS_MAIN(tst_Validate)
#include "tst_validate.moc"
