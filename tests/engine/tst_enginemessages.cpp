// SPDX-License-Identifier: MIT
#include <fanfare/engine/clusterfact.h>
#include <fanfare/engine/enginemessages.h>

#include <QCborMap>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EngineMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsBackAHello();
    void bringsBackAWelcome();
    void bringsBackACommand();
    void bringsBackACancellation();
    void bringsBackProgress();
    void bringsBackACatalog();
    void bringsBackACluster();
    void refusesOtherPayloads_data();
    void refusesOtherPayloads();
    void takesNoFractionForANumber();
};

void tst_EngineMessages::bringsBackAHello()
{
    HelloMessage hello;
    hello.build = buildId();
    hello.nonce = QByteArray(32, 'n');
    hello.flightLog = u"/run/flight"_s;
    hello.options.pluginFolders = {u"/a"_s, u"/b"_s};
    hello.options.executor = ExecutorKind::Cluster;
    hello.options.broker = {u"amqp://a@b/c"_s, u"/secret"_s, true};
    hello.options.startWithin = std::chrono::milliseconds(1500);
    hello.options.workers = 3;
    hello.options.queueBound = 77;
    hello.options.onFull = FullPolicy::DropOldest;
    hello.options.rules = {u"/state"_s, u"/policies.json"_s};

    const auto back = decode<HelloMessage>(encode(hello));

    QVERIFY(back);
    QCOMPARE(back->protocol, protocolVersion);
    QCOMPARE(back->build, hello.build);
    QCOMPARE(back->nonce, hello.nonce);
    QCOMPARE(back->flightLog, hello.flightLog);
    QCOMPARE(back->options.pluginFolders, hello.options.pluginFolders);
    QVERIFY(back->options.executor == ExecutorKind::Cluster);
    QVERIFY(back->options.broker == hello.options.broker);
    QCOMPARE(back->options.startWithin.count(), 1500);
    QCOMPARE(back->options.workers, 3);
    QCOMPARE(back->options.queueBound, quint64(77));
    QVERIFY(back->options.onFull == FullPolicy::DropOldest);
    QCOMPARE(back->options.rules.stateFolder, u"/state"_s);
    QCOMPARE(back->options.rules.policyFile, u"/policies.json"_s);
}

void tst_EngineMessages::bringsBackAWelcome()
{
    const auto back = decode<WelcomeMessage>(encode(WelcomeMessage{1, u"b"_s, "n", u"p"_s}));

    QVERIFY(back);
    QCOMPARE(back->build, u"b"_s);
    QCOMPARE(back->nonce, QByteArray("n"));
    QCOMPARE(back->problem, u"p"_s);
}

void tst_EngineMessages::bringsBackACommand()
{
    EmitMessage message;
    message.first = EmissionId(1'000'000'007);
    message.command.event = u"FileAdded"_s;
    message.command.count = 12;
    message.command.rate = 0.5;
    message.command.concurrency = 3;
    message.command.deadline = std::chrono::milliseconds(250);
    Arguments arguments;
    arguments.positional = {1, u"x"_s};
    arguments.named = {{u"n"_s, true}};
    arguments.fields = {{u"path"_s, u"/etc"_s}};
    message.command.arguments = {arguments, Arguments()};

    const auto back = decode<EmitMessage>(encode(message));

    QVERIFY(back);
    QVERIFY(back->first == message.first);
    QCOMPARE(back->command.event, u"FileAdded"_s);
    QCOMPARE(back->command.count, quint64(12));
    QCOMPARE(back->command.rate, 0.5);
    QCOMPARE(back->command.concurrency, quint32(3));
    QCOMPARE(back->command.deadline, std::chrono::milliseconds(250));
    QVERIFY(back->command.arguments == message.command.arguments);
}

void tst_EngineMessages::bringsBackACancellation()
{
    const auto back = decode<CancelMessage>(encode(CancelMessage{{EmissionId(7), 3}}));

    QVERIFY(back);
    QCOMPARE(number(back->range.first), quint64(7));
    QCOMPARE(back->range.count, quint64(3));
    QVERIFY(!decode<CancelMessage>(encode(CancelMessage{{EmissionId(7), 0}})));
    QVERIFY(!decode<CancelMessage>(encode(CancelMessage{{EmissionId(7), quint64(1) << 63}})));
}

void tst_EngineMessages::bringsBackProgress()
{
    const QueueFact queue{100, FullPolicy::Reject, 99, 4, 5, true};
    const ProgressMessage message{5, {1, 2, 3, queue}, {{7, 70}, {8, 80}}};

    const auto back = decode<ProgressMessage>(encode(message));

    QVERIFY(back);
    QCOMPARE(back->counters.finished, quint64(3));
    QVERIFY(back->counters.queue == queue);
    QCOMPARE(back->commands.size(), 2);
    QCOMPARE(back->commands.last().command, quint64(8));
    QCOMPARE(back->commands.last().accepted, quint64(80));
}

void tst_EngineMessages::bringsBackACatalog()
{
    CatalogFact catalog;
    catalog.problems = {u"problem"_s};
    PluginFact plugin;
    plugin.path = u"/p.so"_s;
    plugin.id = u"org.example"_s;
    plugin.isActive = true;
    plugin.state = PluginState::Active;
    plugin.code = u"code"_s;
    plugin.loaderText = u"loader"_s;
    EventFact event{u"E"_s, u"s"_s, {}, true, 9};
    event.fields = {{u"f"_s, u"int"_s, u"fs"_s, QCborValue(3), QCborValue(),
                     QCborValue(QCborValue::Undefined)}};
    FieldFact items{{}, u"object"_s};
    items.fields = {{u"color"_s, u"enum"_s}};
    items.fields.first().values = {u"Red"_s, u"Blue"_s};
    FieldFact list{u"l"_s, u"list"_s};
    list.step = 0.5;
    list.items = {items};
    event.fields.append(list);
    plugin.events = {event};
    plugin.handlers = {{SubscriberId(4), u"h"_s, u"hs"_s, {u"E"_s, u"*"_s}, true}};
    HandlerFact &handler = plugin.handlers.first();
    handler.stated.isIdempotent = true;
    handler.decided.deadlineMs = 17;
    handler.policy = resolvePolicy(handler.stated, {}, handler.decided);
    handler.crash = CrashRecord{QByteArray(32, 'h'),
                                u"org.example"_s,
                                u"h"_s,
                                2,
                                CrashPlace::Threads,
                                u"SIGSEGV"_s,
                                QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC)};
    handler.block = HandlerBlock{u"needs-threads"_s, u"It runs on threads."_s};
    plugin.decided.isEnabled = true;
    catalog.plugins = {plugin};

    const auto back = decode<CatalogFact>(encode(catalog));

    QVERIFY(back);
    QCOMPARE(back->problems, catalog.problems);
    const PluginFact &fact = back->plugins.first();
    QCOMPARE(fact.id, plugin.id);
    QVERIFY(fact.isActive);
    QCOMPARE(fact.code, u"code"_s);
    QCOMPARE(fact.events.first().number, quint32(9));
    QCOMPARE(fact.events.first().fields.first().defaultValue, QCborValue(3));
    QVERIFY(fact.events.first().fields.first().maximum.isUndefined());
    const FieldFact &backList = fact.events.first().fields.last();
    QCOMPARE(backList.step, QCborValue(0.5));
    QCOMPARE(backList.items.first().fields.first().values, items.fields.first().values);
    const HandlerFact &backHandler = fact.handlers.first();
    QVERIFY(backHandler.isAsync);
    QVERIFY(backHandler.stated == handler.stated && backHandler.decided == handler.decided);
    QVERIFY(backHandler.policy == handler.policy);
    QVERIFY(backHandler.crash == handler.crash && backHandler.block == handler.block);
    QVERIFY(fact.decided == plugin.decided);
    QCOMPARE(fact.handlers.first().events, plugin.handlers.first().events);
    QVERIFY(fact.handlers.first().subscriber == SubscriberId(4));
}

void tst_EngineMessages::bringsBackACluster()
{
    ClusterFact fact;
    fact.broker = u"amqp://a@b:5672/c"_s;
    fact.isConnected = true;
    fact.problem = u"It is full."_s;
    fact.hosts = {{u"north"_s, 12, 4, 3, 2, 1, u"0.1.0"_s, true, true, 11, -5, 6}, {u"south"_s}};
    fact.atBroker = 7;
    fact.redelivered = 8;
    fact.lostHosts = 9;
    fact.duplicates = 10;

    const auto back = decodeCluster(encode(fact));

    QVERIFY(back);
    QVERIFY(*back == fact);
    QVERIFY(!back->hosts.last().clockOffset);
    QVERIFY(!decodeCluster("nonsense"));
}

void tst_EngineMessages::refusesOtherPayloads_data()
{
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a number") << QCborValue(1).toCbor();
    QTest::newRow("another map") << QCborMap{{u"x"_s, 1}}.toCborValue().toCbor();
    QTest::newRow("garbage") << QByteArray("\xbf\xff\x00garbage", 10);
}

void tst_EngineMessages::refusesOtherPayloads()
{
    QFETCH(const QByteArray, payload);

    QVERIFY(!decode<HelloMessage>(payload));
    QVERIFY(!decode<WelcomeMessage>(payload));
    QVERIFY(!decode<EmitMessage>(payload));
    QVERIFY(!decode<ProgressMessage>(payload));
    QVERIFY(!decode<CommandFact>(payload));
    QVERIFY(!decode<CatalogFact>(payload));
}

void tst_EngineMessages::takesNoFractionForANumber()
{
    QCborMap hello = QCborValue::fromCbor(encode(HelloMessage())).toMap();
    hello[u"workers"_s] = 1e300;
    QCborMap other = hello;
    other[u"executor"_s] = 1.0;
    const QCborMap emitted{{u"event"_s, u"E"_s}, {u"first"_s, 7.0}, {u"count"_s, 1}};

    const auto back = decode<HelloMessage>(hello.toCborValue().toCbor());

    QVERIFY(back);
    QCOMPARE(back->options.workers, 0);
    QVERIFY(!decode<HelloMessage>(other.toCborValue().toCbor()));
    QVERIFY(!decode<EmitMessage>(emitted.toCborValue().toCbor()));
}

QTEST_APPLESS_MAIN(tst_EngineMessages)
#include "tst_enginemessages.moc"
