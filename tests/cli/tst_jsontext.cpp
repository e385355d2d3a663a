// SPDX-License-Identifier: MIT
#include <fanfare/runs/jsontext.h>

#include <QCborArray>
#include <QCborMap>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUuid>

#include <limits>

using namespace Fanfare;

class tst_JsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesText_data();
    void writesText();
    void writesValues_data();
    void writesValues();
    void textSurvivesAParser();
    void objectsKeepTheOrderOfTheirMembers();
    void indentsForPeople();
    void microsecondsKeepEveryNanosecond_data();
    void microsecondsKeepEveryNanosecond();
};

static QByteArray jsonOf(const QCborValue &value)
{
    QByteArray out;
    appendJson(out, value);
    return out;
}

void tst_JsonText::writesText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QString() << QByteArray("\"\"");
    QTest::newRow("plain") << u"[Sync] Started!"_qs << QByteArray("\"[Sync] Started!\"");
    QTest::newRow("quotes") << u"a\"b\\c"_qs << QByteArray("\"a\\\"b\\\\c\"");
    QTest::newRow("line break") << u"a\nb\tc"_qs << QByteArray("\"a\\nb\\tc\"");
    QTest::newRow("escape") << u"\x1b[31m"_qs << QByteArray("\"\\u001b[31m\"");
    QTest::newRow("null") << QString(QChar(0)) << QByteArray("\"\\u0000\"");
    QTest::newRow("DEL and C1") << QString::fromUtf16(u"\u007f\u009b")
                                << QByteArray("\"\\u007f\\u009b\"");
    QTest::newRow("umlaut and emoji") << u"ä\n😀"_qs << QByteArray("\"ä\\n😀\"");
}

void tst_JsonText::writesText()
{
    QFETCH(QString, text);

    QByteArray out;
    appendJson(out, text);

    QTEST(out, "json");
}

void tst_JsonText::writesValues_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("undefined") << QCborValue() << QByteArray("null");
    QTest::newRow("null") << QCborValue(nullptr) << QByteArray("null");
    QTest::newRow("true") << QCborValue(true) << QByteArray("true");
    QTest::newRow("large integer")
        << QCborValue(std::numeric_limits<qint64>::max()) << QByteArray("9223372036854775807");
    QTest::newRow("half") << QCborValue(0.5) << QByteArray("0.5");
    QTest::newRow("infinity") << QCborValue(qInf()) << QByteArray("null");
    QTest::newRow("not a number") << QCborValue(qQNaN()) << QByteArray("null");
    QTest::newRow("bytes") << QCborValue(QByteArray("\xff\xfe")) << QByteArray("\"__4\"");
    QTest::newRow("array") << QCborValue(QCborArray{1, u"a"_qs, QCborArray()})
                           << QByteArray("[1,\"a\",[]]");
    QTest::newRow("map") << QCborValue(QCborMap{{u"a"_qs, QCborMap()}, {7, true}})
                         << QByteArray(R"({"a":{},"7":true})");
    QTest::newRow("UUID") << QCborValue(QUuid(u"{12345678-1234-1234-1234-123456789abc}"_qs))
                          << QByteArray("\"12345678-1234-1234-1234-123456789abc\"");
    QTest::newRow("date") << QCborValue(QDateTime(QDate(2024, 2, 29), QTime(1, 2), Qt::UTC))
                          << QByteArray("\"2024-02-29T01:02:00.000Z\"");
    QTest::newRow("unknown tag") << QCborValue(QCborTag(4711), u"x"_qs) << QByteArray("\"x\"");
}

void tst_JsonText::writesValues()
{
    QFETCH(QCborValue, value);

    QTEST(jsonOf(value), "json");
}

void tst_JsonText::textSurvivesAParser()
{
    QString text;
    for (char16_t unit = 0; unit < 0x300; ++unit)
        text += QChar(unit);

    const QByteArray json = '[' + jsonOf(text) + ']';

    QCOMPARE(QJsonDocument::fromJson(json)[0].toString(), text);
    QVERIFY(QJsonDocument::fromJson('[' + jsonOf(QString(QChar(0xd800))) + ']').isArray());
}

void tst_JsonText::objectsKeepTheOrderOfTheirMembers()
{
    QByteArray out;

    JsonObjectWriter(out).text("b", u"x").number("a", -1).boolean("c", false).real("d", qInf());

    QCOMPARE(out, QByteArray(R"({"b":"x","a":-1,"c":false,"d":null})"));
}

void tst_JsonText::indentsForPeople()
{
    const QCborMap map{{u"b"_qs, QCborArray{1, QCborMap()}}, {u"a"_qs, QCborArray()}};
    QByteArray out;

    appendIndentedJson(out, map);

    QCOMPARE(out, QByteArray("{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": []\n}"));
}

void tst_JsonText::microsecondsKeepEveryNanosecond_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("zero") << qint64(0) << QByteArray(R"({"ts":0.000})");
    QTest::newRow("one") << qint64(1) << QByteArray(R"({"ts":0.001})");
    QTest::newRow("a year of uptime")
        << qint64(31'536'000'123'456'789) << QByteArray(R"({"ts":31536000123456.789})");
    QTest::newRow("negative") << qint64(-1'002) << QByteArray(R"({"ts":-1.002})");
}

void tst_JsonText::microsecondsKeepEveryNanosecond()
{
    QFETCH(qint64, nanoseconds);
    QByteArray out;

    JsonObjectWriter(out).microseconds("ts", nanoseconds);

    QTEST(out, "json");
}

QTEST_APPLESS_MAIN(tst_JsonText)
#include "tst_jsontext.moc"
