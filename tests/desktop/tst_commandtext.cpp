// SPDX-License-Identifier: MIT
#include "desktop/commandtext.h"

#include <fanfare/runs/scenario.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_CommandText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShellUnderstandsTheCommand();
    void aScenarioPlaysTheSameEmissions();
    void comesBackFromSettings();
    void refusesForeignBytes();
};

static EmitCommand sleepCommand()
{
    Arguments arguments;
    arguments.fields = {{u"ms"_s, 50}};
    return {u"Sleep"_s, {arguments}, 3, 2.5};
}

void tst_CommandText::aShellUnderstandsTheCommand()
{
    EngineOptions engine;
    engine.executor = ExecutorKind::Processes;
    engine.workers = 4;
    EmitCommand quoting{u"Echo"_s, {}, 1, 0, 9};
    quoting.deadline = 250ms;
    quoting.arguments.append(Arguments{{u"it's"_s}, {}, {}});

    QCOMPARE(shellCommand(sleepCommand(), engine),
             u"fanfare-cli emit 'Sleep' --fields '{ \"ms\": 50 }' --count 3 --rate 2.5 "
             "--executor processes --workers 4"_s);
    QCOMPARE(shellCommand(quoting, {}),
             u"fanfare-cli emit 'Echo' --args '[ \"it'\\''s\" ]' --concurrency 9 --deadline "
             "250 --executor threads"_s);
}

void tst_CommandText::aScenarioPlaysTheSameEmissions()
{
    EmitCommand mixed{u"Echo"_s, {}, 5, 0, 4};
    mixed.deadline = 250ms;
    mixed.arguments.append(Arguments{{1}, {}, {}});
    mixed.arguments.append(Arguments{{2}, {}, {}});

    const QList<TimedCommand> commands{{sleepCommand(), 7s}, {mixed, 1500us}};
    const Result<Scenario> read = parseScenario(scenarioOf(commands, u"mine"_s), QString());

    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->name, u"mine"_s);
    QCOMPARE(read->parts.size(), size_t(3));
    QCOMPARE(read->parts[0].rate, 2.5);
    QCOMPARE(read->parts[1].count + read->parts[2].count, quint64(5));
    QCOMPARE(read->emissions(), quint64(8));
    QCOMPARE(read->parts[2].concurrency, quint32(4));
    QCOMPARE(read->parts[2].taskDeadline, 250ms);
    QCOMPARE(read->parts[0].taskDeadline, 0ms);
    QList<qint64> pauses; // none before the first one, and one for all arguments of a command
    for (const ScenarioPart &part : read->parts)
        pauses.append(part.pause.count());
    QCOMPARE(pauses, (QList<qint64>{0, 1'000'000, 0}));
}

void tst_CommandText::comesBackFromSettings()
{
    EmitCommand command = sleepCommand();
    command.concurrency = 7;
    command.deadline = 3s;
    const auto back = commandFrom(bytesOf(command));

    QVERIFY(back);
    QCOMPARE(back->concurrency, quint32(7));
    QCOMPARE(back->deadline, 3s);
    QCOMPARE(back->event, u"Sleep"_s);
    QCOMPARE(back->arguments, sleepCommand().arguments);
    QCOMPARE(back->count, quint64(3));
    QCOMPARE(back->rate, 2.5);
}

void tst_CommandText::refusesForeignBytes()
{
    QVERIFY(!commandFrom({}));
    QVERIFY(!commandFrom("no cbor"));
    QVERIFY(!commandFrom(QCborValue(QCborMap{{u"event"_s, u"A"_s}, {u"count"_s, -1}}).toCbor()));
}

QTEST_MAIN(tst_CommandText)
#include "tst_commandtext.moc"
