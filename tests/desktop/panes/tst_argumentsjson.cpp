// SPDX-License-Identifier: MIT
#include "desktop/panes/argumentsjson.h"
#include "desktop/samplefacts.h"

#include "desktop/models/catalogview.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ArgumentsJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noTextIsNoArguments();
    void anArrayIsPositional();
    void anObjectIsNamed();
    void anObjectFillsTheFieldsOfATypedEvent();
    void whatIsWrongIsOneSentence_data();
    void whatIsWrongIsOneSentence();
    void refusesMoreThanSixteenMebibytes();
    void readsSingleValues();
    void showsValuesReadably();

private:
    const CatalogFact m_catalog = SampleFacts::catalog();
    const EventFact *m_sleep = findEvent(m_catalog, u"Sleep"_s);
};

void tst_ArgumentsJson::noTextIsNoArguments()
{
    const auto arguments = argumentsFromJson(u"  \n"_s, nullptr);

    QVERIFY(arguments);
    QVERIFY(arguments->isEmpty());
}

void tst_ArgumentsJson::anArrayIsPositional()
{
    const auto arguments = argumentsFromJson(u"[1, \"two\", [3.5]]"_s, nullptr);

    QVERIFY(arguments);
    QCOMPARE(arguments->positional, (QCborArray{1, u"two"_s, QCborArray{3.5}}));
    QVERIFY(arguments->positional.at(0).isInteger());
}

void tst_ArgumentsJson::anObjectIsNamed()
{
    const auto arguments = argumentsFromJson(u"{\"name\": null}"_s, nullptr);

    QVERIFY(arguments);
    QCOMPARE(arguments->named, (QCborMap{{u"name"_s, nullptr}}));
    QVERIFY(arguments->fields.isEmpty());
}

void tst_ArgumentsJson::anObjectFillsTheFieldsOfATypedEvent()
{
    const auto arguments = argumentsFromJson(u"{\"ms\": 5}"_s, m_sleep);

    QVERIFY(arguments);
    QCOMPARE(arguments->fields, (QCborMap{{u"ms"_s, 5}}));
}

void tst_ArgumentsJson::whatIsWrongIsOneSentence_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isTyped");
    QTest::addColumn<QString>("part");

    QTest::newRow("unfinished") << u"[1, "_s << false << u"not valid JSON yet"_s;
    QTest::newRow("place") << u"[1,\n x]"_s << false << u"line 2"_s;
    QTest::newRow("two values") << u"[1], [2]"_s << false << u"one JSON value"_s;
    QTest::newRow("bare value") << u"5"_s << false << u"brackets"_s;
    QTest::newRow("array for fields") << u"[5]"_s << true << u"Sleep has named fields"_s;
    QTest::newRow("unknown field") << u"{\"sec\": 5}"_s << true << u"no field “sec”"_s;
    QTest::newRow("wrong type") << u"{\"ms\": \"5\"}"_s << true << u"a whole number"_s;
    QTest::newRow("fraction") << u"{\"ms\": 5.5}"_s << true << u"a whole number"_s;
    QTest::newRow("too small") << u"{\"ms\": -1}"_s << true << u"at least 0"_s;
    QTest::newRow("too large") << u"{\"ms\": 1001}"_s << true << u"at most 1000"_s;
}

void tst_ArgumentsJson::whatIsWrongIsOneSentence()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isTyped);
    QFETCH(const QString, part);

    const auto arguments = argumentsFromJson(text, isTyped ? m_sleep : nullptr);

    QVERIFY(!arguments);
    const QString message = arguments.error().message;
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(message.endsWith(u'.'));
}

void tst_ArgumentsJson::refusesMoreThanSixteenMebibytes()
{
    const QString large = u"[\""_s + QString(20'000'000, u'x') + u"\"]"_s;

    const auto arguments = argumentsFromJson(large, nullptr);

    QVERIFY(!arguments);
    QVERIFY(arguments.error().message.contains(u"at most 16 MiB"_s));
}

void tst_ArgumentsJson::readsSingleValues()
{
    QCOMPARE(*valueFromJson(u"true"_s), QCborValue(true));
    QCOMPARE(*valueFromJson(u"\"x\""_s), QCborValue(u"x"_s));
    QVERIFY(!valueFromJson(QString()));
    QVERIFY(!valueFromJson(u"1, 2"_s));
}

void tst_ArgumentsJson::showsValuesReadably()
{
    QCOMPARE(readableJson(u"plain"_s), u"plain"_s);
    QCOMPARE(readableJson(7), u"7"_s);
    QCOMPARE(readableJson(true), u"true"_s);
    QCOMPARE(readableJson(QCborMap{{u"a"_s, 1}}), u"{\n    \"a\": 1\n}"_s);
    QCOMPARE(readableJson(QCborArray{1}), u"[\n    1\n]"_s);
}

QTEST_GUILESS_MAIN(tst_ArgumentsJson)
#include "tst_argumentsjson.moc"
