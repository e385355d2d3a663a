// SPDX-License-Identifier: MIT
#include "everythingfact.h"

#include <fanfare/plugins/eventschema.h>
#include <fanfare/runs/jsontext.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichDraftAndEvent();
    void hasASchemaForEveryField_data();
    void hasASchemaForEveryField();
    void leavesOpaqueFieldsOut();
    void acceptsAnyObjectForAnEventWithFreeArguments();
};

static QByteArray json(const QCborValue &value)
{
    QByteArray text;
    appendJson(text, value);
    return text;
}

void tst_EventSchema::saysWhichDraftAndEvent()
{
    const QByteArray schema = json(eventSchema(everythingFact()));

    QVERIFY(schema.startsWith(R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)"
                              R"("title":"Everything",)"
                              R"("description":"An event with a field of every type",)"
                              R"("type":"object","properties":{"title":)"));
    QVERIFY(schema.endsWith(R"("additionalProperties":false})"));
}

void tst_EventSchema::hasASchemaForEveryField_data()
{
    QTest::addColumn<QByteArray>("schema");

    QTest::newRow("title") << QByteArray(R"({"type":"string","default":"A parcel"})");
    QTest::newRow("urgency") << QByteArray(
        R"({"enum":["Never","Sometime","Today","AtOnce"],)"
        R"("description":"How soon it has to be done","default":"Today"})");
    QTest::newRow("styles") << QByteArray(
        R"({"type":"array","items":{"enum":["Bold","Italic","Underlined"]},)"
        R"("uniqueItems":true,"default":["Bold"]})");
    QTest::newRow("percent") << QByteArray(R"({"type":"integer","minimum":0,"maximum":100,)"
                                           R"("description":"From 0 to 100","default":25})");
    QTest::newRow("ratio") << QByteArray(
        R"({"type":["number","string"],"pattern":"^(NaN|-?Infinity)$","default":0.25})");
    QTest::newRow("isGift") << QByteArray(R"({"type":"boolean","default":true})");
    QTest::newRow("link") << QByteArray(R"({"type":"string","format":"uri-reference",)"
                                        R"("default":"https://example.org/parcels?id=7"})");
    QTest::newRow("day") << QByteArray(
        R"({"type":["string","null"],)"
        R"("pattern":"^([+-][0-9]{4,}|[0-9]{4})-[0-9]{2}-[0-9]{2}$","default":"2026-12-24"})");
    QTest::newRow("payload") << QByteArray(
        R"({"type":"string","contentEncoding":"base64","default":"AP8"})");
    QTest::newRow("scores") << QByteArray(
        R"({"type":"array","items":{"type":"integer","minimum":-10,"maximum":10},)"
        R"("default":[3,-1]})");
    QTest::newRow("note") << QByteArray(R"({"default":{"shelf":3}})");
    QTest::newRow("u64") << QByteArray(
        R"({"type":["integer","string"],"minimum":0,"pattern":"^[0-9]{19,20}$","default":0})");
}

void tst_EventSchema::hasASchemaForEveryField()
{
    QFETCH(const QByteArray, schema);
    const QString field = QString::fromLatin1(QTest::currentDataTag());

    const QCborMap properties = eventSchema(everythingFact()).value(u"properties"_s).toMap();

    QCOMPARE(json(properties.value(field)), schema);
}

void tst_EventSchema::leavesOpaqueFieldsOut()
{
    EventFact event{u"E"_s};
    event.isTyped = true;
    event.fields = {{u"a"_s, u"opaque"_s}, {u"b"_s, u"int"_s}};

    const QCborMap properties = eventSchema(event).value(u"properties"_s).toMap();

    QCOMPARE(json(properties), QByteArray(R"({"b":{"type":"integer"}})"));
}

void tst_EventSchema::acceptsAnyObjectForAnEventWithFreeArguments()
{
    const QCborMap schema = eventSchema({u"StringEvent"_s});

    QCOMPARE(schema.value(u"type"_s).toString(), u"object"_s);
    QVERIFY(!schema.contains(u"properties"_s));
    QVERIFY(!schema.contains(u"additionalProperties"_s));
}

QTEST_GUILESS_MAIN(tst_EventSchema)
#include "tst_eventschema.moc"
