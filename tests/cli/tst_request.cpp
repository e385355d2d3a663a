// SPDX-License-Identifier: MIT
#include "cli/requestcheck.h"

#include <QTest>

using namespace Fanfare;
using namespace Fanfare::Cli;

class tst_Request : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheHandlersOfAnEvent();
    void checksTheFieldsOfATypedEvent_data();
    void checksTheFieldsOfATypedEvent();
    void fillsTheFirstPathWithEachFile();
    void fillsAFieldCalledPathWithEachFile();
    void refusesWithOneSentence_data();
    void refusesWithOneSentence();
    void manyFilesAreSeveralCommands();
    void aBoundedPayloadPasses();
    void saysThatThereAreNoPlugins();
    void anEventWithoutHandlersIsNoMistake();
};

static FieldFact field(const QString &name, const QString &type)
{
    return {name, type, {}, {}, {}, {}};
}

static CatalogFact catalog()
{
    FieldFact ms = field(u"ms"_qs, u"int"_qs);
    ms.minimum = 0.0;
    ms.maximum = 1000.0;
    PluginFact plugin;
    plugin.state = PluginState::Active;
    plugin.isActive = true;
    plugin.name = u"basics"_qs;
    plugin.events = {
        {u"StringEvent"_qs, {}, {}, false, 1},
        {u"Lonely"_qs, {}, {}, false, 0},
        {u"Typed"_qs,
         {},
         {ms, field(u"ratio"_qs, u"double"_qs), field(u"on"_qs, u"bool"_qs),
          field(u"name"_qs, u"text"_qs), field(u"any"_qs, u"json"_qs)},
         true,
         2},
        {u"FileAdded"_qs,
         {},
         {field(u"note"_qs, u"text"_qs), field(u"file"_qs, u"path"_qs)},
         true,
         3},
        {u"Named"_qs, {}, {field(u"path"_qs, u"text"_qs)}, true, 4},
    };
    const QStringList both{u"StringEvent"_qs, u"Typed"_qs, u"FileAdded"_qs, u"Named"_qs,
                           u"Bare"_qs};
    plugin.handlers = {{SubscriberId{1}, u"one"_qs, {}, both},
                       {SubscriberId{2}, u"two"_qs, {}, {both[0]}}};
    PluginFact refused;
    refused.name = u"broken"_qs;
    refused.handlers = {{SubscriberId{}, u"never"_qs, {}, {u"*"_qs, u"Ghost"_qs}}};
    return {{plugin, refused}, {}};
}

static Options options(const QString &event)
{
    Options options;
    options.verb = Verb::Emit;
    options.event = event;
    return options;
}

void tst_Request::countsTheHandlersOfAnEvent()
{
    Options given = options(u"StringEvent"_qs);
    given.arguments.positional = {1};
    given.count = 5;
    given.concurrency = 2;
    given.deadline = std::chrono::milliseconds(40);

    const Result<Request> request = makeRequest(given, catalog(), {});
    const Result<Request> bare = makeRequest(options(u"Bare"_qs), catalog(), {});

    QVERIFY(request);
    QCOMPARE(request->handlers, 2u);
    QCOMPARE(request->event, u"StringEvent"_qs);
    QCOMPARE(request->command(0).count, 5u);
    QCOMPARE(request->command(0).concurrency, 2u);
    QCOMPARE(request->command(0).deadline, std::chrono::milliseconds(40));
    QCOMPARE(request->command(0).arguments, QList<Arguments>{given.arguments});
    QVERIFY(bare); // only handled, described by nobody
    QCOMPARE(bare->handlers, 1u);
    QVERIFY(bare->command(0).arguments.isEmpty());
}

void tst_Request::checksTheFieldsOfATypedEvent_data()
{
    QTest::addColumn<QCborMap>("fields");
    QTest::addColumn<QCborMap>("sent"); // empty: refused
    const auto row = [](const char *name, const QString &key, const QCborValue &value,
                        const QCborValue &sent) {
        QTest::newRow(name) << QCborMap{{key, value}}
                            << (sent.isUndefined() ? QCborMap() : QCborMap{{key, sent}});
    };
    row("int", u"ms"_qs, 5, 5);
    row("whole double in int", u"ms"_qs, 5.0, 5);
    row("fraction in int", u"ms"_qs, 5.5, {});
    row("text in int", u"ms"_qs, u"5"_qs, {});
    row("below the minimum", u"ms"_qs, -1, {});
    row("above the maximum", u"ms"_qs, 1001, {});
    row("int in double", u"ratio"_qs, 2, 2.0);
    row("bool in double", u"ratio"_qs, true, {});
    row("bool", u"on"_qs, false, false);
    row("int in bool", u"on"_qs, 1, {});
    row("text", u"name"_qs, u"x"_qs, u"x"_qs);
    row("int in text", u"name"_qs, 1, {});
    row("null in text", u"name"_qs, nullptr, {});
    row("array in json", u"any"_qs, QCborArray{1}, QCborArray{1});
    row("unknown field", u"nmae"_qs, u"x"_qs, {});
}

void tst_Request::checksTheFieldsOfATypedEvent()
{
    QFETCH(QCborMap, fields);
    QFETCH(QCborMap, sent);
    Options given = options(u"Typed"_qs);
    given.arguments.fields = fields;

    const Result<Request> request = makeRequest(given, catalog(), {});

    QCOMPARE(bool(request), !sent.isEmpty());
    if (request) {
        const QCborMap actual = request->command(0).arguments.at(0).fields;
        QCOMPARE(actual.constBegin().value().type(), sent.constBegin().value().type());
        QCOMPARE(actual, sent);
        return;
    }
    const QString name = fields.constBegin().key().toString();
    const QString sentence = request.error().message;
    QVERIFY2(sentence.contains(u'"' + name + u'"') && sentence.contains(u"Typed"_qs),
             qPrintable(sentence));
}

void tst_Request::fillsTheFirstPathWithEachFile()
{
    Options given = options(u"FileAdded"_qs);
    given.eachFile = u"/d"_qs;
    given.count = 3;
    given.concurrency = 4;
    given.deadline = std::chrono::milliseconds(60);
    given.arguments.fields = {{u"note"_qs, u"n"_qs}};

    const Result<Request> request = makeRequest(given, catalog(), {u"/d/a"_qs, u"/d/b"_qs});

    QVERIFY(request);
    QCOMPARE(request->command(0).count, 6u);
    QCOMPARE(request->command(0).concurrency, 4u);
    QCOMPARE(request->command(0).deadline, std::chrono::milliseconds(60));
    QCOMPARE(request->command(0).arguments.size(), 2);
    QCOMPARE(request->command(0).arguments[1].fields,
             QCborMap({{u"note"_qs, u"n"_qs}, {u"file"_qs, u"/d/b"_qs}}));
}

void tst_Request::fillsAFieldCalledPathWithEachFile()
{
    Options given = options(u"Named"_qs);
    given.eachFile = u"/d"_qs;

    const Result<Request> request = makeRequest(given, catalog(), {u"/d/a"_qs});

    QVERIFY(request);
    QCOMPARE(request->command(0).arguments[0].fields, QCborMap({{u"path"_qs, u"/d/a"_qs}}));
}

void tst_Request::manyFilesAreSeveralCommands()
{
    Options given = options(u"FileAdded"_qs);
    given.eachFile = u"/d"_qs;
    given.count = 2;
    QStringList files;
    for (int i = 0; i < 1000; ++i)
        files.append(QString(4000, u'x') + QString::number(i));

    const Result<Request> request = makeRequest(given, catalog(), files);

    QVERIFY(request);
    QVERIFY(request->commandCount() > 1);
    QCOMPARE(request->emissions(), 2000u);
    quint64 emission = 0;
    for (qsizetype i = 0; i < request->commandCount(); ++i) {
        const EmitCommand command = request->command(i);
        for (quint64 k = 0; k < command.count; ++k) {
            const Arguments &arguments =
                command.arguments.at(qsizetype(k % quint64(command.arguments.size())));
            QCOMPARE(request->fileOf(EmissionId{++emission}),
                     arguments.fields.value(u"file"_qs).toString());
        }
    }
    QCOMPARE(emission, 2000u);
    QCOMPARE(request->fileOf(EmissionId{2001}), QString());
    QCOMPARE(request->fileOf(EmissionId{0}), QString());
}

void tst_Request::refusesWithOneSentence_data()
{
    QTest::addColumn<Options>("given");
    QTest::addColumn<QStringList>("named");
    QTest::newRow("unknown event") << options(u"StringEvnt"_qs)
                                   << QStringList{u"\"StringEvnt\""_qs, u"mean StringEvent?"_qs,
                                                  u"Lonely"_qs, u"1 plugin could not be used"_qs};
    QTest::newRow("event of a refused plugin")
        << options(u"Ghost"_qs) << QStringList{u"\"Ghost\""_qs};
    QTest::newRow("global event") << options(u"*"_qs) << QStringList{u"\"*\""_qs};
    Options pathless = options(u"StringEvent"_qs);
    pathless.eachFile = u"/d"_qs;
    QTest::newRow("no path field") << pathless << QStringList{u"--each-file"_qs, u"StringEvent"_qs};
    Options free = options(u"Typed"_qs);
    free.arguments.positional = {1};
    QTest::newRow("free arguments of a typed event")
        << free << QStringList{u"Typed"_qs, u"--fields"_qs, u"ms (int)"_qs};
    Options huge = options(u"StringEvent"_qs);
    huge.arguments.positional = {QString(20'000'000, u'x')};
    QTest::newRow("20 MB") << huge << QStringList{u"19.1 MiB"_qs, u"16 MiB"_qs};
}

void tst_Request::refusesWithOneSentence()
{
    QFETCH(Options, given);
    QFETCH(QStringList, named);

    const Result<Request> request = makeRequest(given, catalog(), {u"/d/a"_qs});

    QVERIFY(!request);
    for (const QString &part : named)
        QVERIFY2(request.error().message.contains(part), qPrintable(request.error().message));
}

void tst_Request::aBoundedPayloadPasses()
{
    Options given = options(u"StringEvent"_qs);
    given.arguments.positional = {QString(16'000'000, u'x')};

    QVERIFY(makeRequest(given, catalog(), {}));
}

void tst_Request::saysThatThereAreNoPlugins()
{
    const Result<Request> request = makeRequest(options(u"E"_qs), {}, {});

    QVERIFY(!request);
    QVERIFY(request.error().message.contains(u"no plugin was found"_qs));
}

void tst_Request::anEventWithoutHandlersIsNoMistake()
{
    const Result<Request> request = makeRequest(options(u"Lonely"_qs), catalog(), {});

    QVERIFY(request);
    QCOMPARE(request->handlers, 0u);
}

QTEST_APPLESS_MAIN(tst_Request)
#include "tst_request.moc"
