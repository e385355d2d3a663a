// SPDX-License-Identifier: MIT
#include <fanfare/plugins/metadataschema.h>

#include <QJsonDocument>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// Metadata that is complete but for what the JSON \a more adds or replaces.
static QJsonObject metadata(const QByteArray &more)
{
    QJsonObject json{{u"id"_s, u"org.example.x"_s}, {u"name"_s, u"x"_s}, {u"version"_s, u"1.0"_s}};
    QJsonParseError error{};
    const QJsonObject added = QJsonDocument::fromJson('{' + more + '}', &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("the test is wrong: %s", more.constData());
    for (auto it = added.begin(); it != added.end(); ++it)
        json.insert(it.key(), it.value());
    return json;
}

static QString story(const QJsonObject &json)
{
    const auto problem = metadataProblem(json);
    return problem ? problem->field + u" must be "_s + problem->wanted : u"good"_s;
}

class tst_MetadataSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void missingTextsAreNamed_data();
    void missingTextsAreNamed();
    void everythingAtOnceIsGood();
    void unknownKeysAreIgnored();
    void depthIsCounted_data();
    void depthIsCounted();
    void problemsAreNamed_data();
    void problemsAreNamed();
};

void tst_MetadataSchema::missingTextsAreNamed_data()
{
    QTest::addColumn<QString>("key");
    for (const char *key : {"id", "name", "version"})
        QTest::newRow(key) << QString::fromLatin1(key);
}

void tst_MetadataSchema::missingTextsAreNamed()
{
    QFETCH(QString, key);
    QJsonObject json = metadata({});
    json.remove(key);

    QCOMPARE(story(json), key + u" must be a text"_s);
}

void tst_MetadataSchema::everythingAtOnceIsGood()
{
    const QByteArray all = R"(
        "abi": [1, 2], "summary": "s", "description": "d", "vendor": "v", "license": "MIT",
        "url": "https://example.org", "events": ["A", "B"], "probeTimeoutMs": 60000,
        "capabilities": ["net"], "dependencies": [], "misbehaves": false, "handlers": [
            {"name": "a", "events": ["A"], "kind": "sync", "isolation": "process",
             "idempotent": true, "deadlineMs": 100, "maxMemoryMb": 64, "concurrency": 1},
            {"name": "b", "events": ["*"], "kind": "async", "isolation": "any"},
            {"name": "c", "kind": "blocking"}])";

    QCOMPARE(story(metadata(all)), u"good"_s);
}

void tst_MetadataSchema::unknownKeysAreIgnored()
{
    const QByteArray unknown = R"("color": 1, "handlers": [{"name": "a", "taste": []}])";

    QCOMPARE(story(metadata(unknown)), u"good"_s);
}

void tst_MetadataSchema::depthIsCounted_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("depth");
    QTest::newRow("flat") << QByteArray(R"({"a": 1})") << 1;
    QTest::newRow("list") << QByteArray(R"({"a": 1, "b": [1, 2]})") << 2;
    QTest::newRow("object in a list") << QByteArray(R"({"b": [{}], "c": 1})") << 3;
    QTest::newRow("deep") << "{\"a\": " + QByteArray(40, '[') + QByteArray(40, ']') + '}' << 41;
}

void tst_MetadataSchema::depthIsCounted()
{
    QFETCH(QByteArray, json);
    QFETCH(int, depth);
    const QJsonValue value = QJsonDocument::fromJson(json).object();

    QVERIFY(!isDeeperThan(value, depth));
    QVERIFY(isDeeperThan(value, depth - 1));
}

void tst_MetadataSchema::problemsAreNamed_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *more, const QString &expected) {
        QTest::newRow(more) << QByteArray(more) << expected;
    };
    const QString number = u" must be a whole number from 1 to 1000000000"_s;

    row(R"("id": 1)", u"id must be a text"_s);
    row(R"("name": "")", u"name must be a text that is not empty"_s);
    row(R"("license": ["MIT"])", u"license must be a text"_s);
    row(R"("summary": null)", u"summary must be a text"_s);
    row(R"("events": "A")", u"events must be a list"_s);
    row(R"("events": ["A", 2])", u"events[1] must be a text"_s);
    row(R"("handlers": {})", u"handlers must be a list"_s);
    row(R"("handlers": ["a"])", u"handlers[0] must be an object"_s);
    row(R"("handlers": [{}])", u"handlers[0].name must be a text"_s);
    row(R"("handlers": [{"name": "a"}, {"name": "a"}])",
        u"handlers[1].name must be a name that no other handler has"_s);
    row(R"("handlers": [{"name": "a", "events": [""]}])",
        u"handlers[0].events[0] must be a text that is not empty"_s);
    row(R"("handlers": [{"name": "a", "kind": "later"}])",
        u"handlers[0].kind must be \"sync\", \"blocking\" or \"async\""_s);
    row(R"("handlers": [{"name": "a", "isolation": true}])",
        u"handlers[0].isolation must be \"process\", \"thread\" or \"any\""_s);
    row(R"("handlers": [{"name": "a", "idempotent": 1}])",
        u"handlers[0].idempotent must be true or false"_s);
    row(R"("handlers": [{"name": "a", "deadlineMs": "5"}])", u"handlers[0].deadlineMs"_s + number);
    row(R"("handlers": [{"name": "a", "deadlineMs": 0}])", u"handlers[0].deadlineMs"_s + number);
    row(R"("handlers": [{"name": "a", "maxMemoryMb": 1.5}])",
        u"handlers[0].maxMemoryMb"_s + number);
    row(R"("handlers": [{"name": "a", "concurrency": -1}])", u"handlers[0].concurrency"_s + number);
    row(R"("probeTimeoutMs": 60001)", u"probeTimeoutMs must be a whole number from 1 to 60000"_s);
    row(R"("abi": 1)", u"abi must be a list"_s);
    row(R"("abi": [1])", u"abi must be a list of two numbers, the lower one first"_s);
    row(R"("abi": [2, 1])", u"abi must be a list of two numbers, the lower one first"_s);
    row(R"("abi": [2, 3])",
        u"abi must be a range that holds 1, the version of the interface that it is built with"_s);
    row(R"("capabilities": [1])", u"capabilities[0] must be a text"_s);
    row(R"("dependencies": "libx")", u"dependencies must be a list"_s);
    row(R"("misbehaves": "yes")", u"misbehaves must be true or false"_s);
}

void tst_MetadataSchema::problemsAreNamed()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, expected);

    QCOMPARE(story(metadata(more)), expected);
}

QTEST_APPLESS_MAIN(tst_MetadataSchema)
#include "tst_metadataschema.moc"
