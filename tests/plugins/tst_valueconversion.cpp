// SPDX-License-Identifier: MIT
#include <fanfare/sdk/containerconversion.h>

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace Fanfare;

class tst_ValueConversion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesComeBackAsTheyLeft();
    void numbersMustFit();
    void readsWhatJsonCanSay();
    void refusesWhatIsNoneOfThem();
    void listsAndMapsMustFitAsAWhole();
    void nullIsNothing();
    void describesEveryKindOfValue_data();
    void describesEveryKindOfValue();
};

template <typename Type>
static bool comesBack(const Type &value)
{
    const std::optional<Type> result =
        ValueConversion<Type>::from(ValueConversion<Type>::to(value));
    return result && *result == value;
}

template <typename Type>
static std::optional<Type> from(const QCborValue &value)
{
    return ValueConversion<Type>::from(value);
}

void tst_ValueConversion::valuesComeBackAsTheyLeft()
{
    QVERIFY(comesBack(true));
    QVERIFY(comesBack(std::numeric_limits<qint64>::min()));
    QVERIFY(comesBack(std::numeric_limits<qint64>::max()));
    QVERIFY(comesBack(quint8(255)));
    QVERIFY(comesBack(0.1));
    QVERIFY(comesBack(0.1f));
    QVERIFY(comesBack(u"text"_s));
    QVERIFY(comesBack(QByteArray("\0\xff", 2)));
    QVERIFY(comesBack(QUrl(u"https://example.org/a?b"_s)));
    QVERIFY(comesBack(QDateTime(QDate(2026, 3, 1), QTime(12, 0, 0, 5), Qt::UTC)));
    QVERIFY(comesBack(QCborArray{1, u"a"_s}));
    QVERIFY(comesBack(QCborMap{{u"a"_s, 1}}));
    QVERIFY(comesBack(QStringList{u"a"_s, u"b"_s}));
    QVERIFY(comesBack(std::vector<double>{1, 2}));
    QVERIFY(comesBack(QMap<QString, int>{{u"a"_s, 1}, {u"b"_s, 2}}));
    QVERIFY(comesBack(QList<QList<int>>{{1}, {}}));
    QVERIFY(comesBack(std::optional<int>(3)));
    QVERIFY(comesBack(std::optional<int>()));
}

void tst_ValueConversion::numbersMustFit()
{
    QCOMPARE(from<int>(2.0), 2);
    QVERIFY(!from<int>(2.5));
    QVERIFY(!from<int>(qint64(5'000'000'000)));
    QVERIFY(!from<uint>(-1));
    QVERIFY(!from<qint64>(0x1p63));
    QVERIFY(!from<qint64>(std::numeric_limits<double>::quiet_NaN()));
    QCOMPARE(from<double>(3), 3.0);
}

void tst_ValueConversion::readsWhatJsonCanSay()
{
    QCOMPARE(from<QByteArray>(u"_-8="_s), QByteArray("\xff\xef"));
    QCOMPARE(from<QByteArray>(u"/+8="_s), QByteArray("\xff\xef"));
    QCOMPARE(from<QUrl>(u"https://example.org"_s), QUrl(u"https://example.org"_s));
    QCOMPARE(from<QDateTime>(u"2026-03-01T12:00:00Z"_s),
             QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC));
}

void tst_ValueConversion::refusesWhatIsNoneOfThem()
{
    QVERIFY(!from<bool>(1));
    QVERIFY(!from<QString>(true));
    QVERIFY(!from<QByteArray>(u"no base64!"_s));
    QVERIFY(!from<QUrl>(5));
    QVERIFY(!from<QUrl>(u"http://exa mple"_s));
    QVERIFY(!from<QDateTime>(u"tomorrow"_s));
    QVERIFY(!from<QCborArray>(QCborMap()));
    QVERIFY(!from<QCborMap>(QCborArray()));
}

void tst_ValueConversion::listsAndMapsMustFitAsAWhole()
{
    QVERIFY(!from<QList<int>>(QCborArray{1, u"2"_s}));
    QVERIFY(!from<QList<int>>(1));
    QVERIFY(!(from<QMap<QString, int>>(QCborMap{{u"a"_s, 1}, {u"b"_s, true}})));
    QVERIFY(!(from<QMap<QString, int>>(QCborMap{{1, 1}})));
}

void tst_ValueConversion::nullIsNothing()
{
    QVERIFY(from<std::optional<int>>(QCborValue::Null).value() == std::nullopt);
    QVERIFY(from<std::optional<int>>(QCborValue()).value() == std::nullopt);
    QVERIFY(!from<std::optional<int>>(u"1"_s));
    QVERIFY(!from<int>(QCborValue::Null));
}

void tst_ValueConversion::describesEveryKindOfValue_data()
{
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<QString>("description");

    QTest::newRow("undefined") << QCborValue() << u"nothing"_s;
    QTest::newRow("null") << QCborValue(nullptr) << u"null"_s;
    QTest::newRow("bool") << QCborValue(false) << u"false"_s;
    QTest::newRow("int") << QCborValue(-3) << u"the number -3"_s;
    QTest::newRow("double") << QCborValue(1.5) << u"the number 1.5"_s;
    QTest::newRow("text") << QCborValue(QString(50, u'x'))
                          << u"the text \"%1\""_s.arg(QString(40, u'x'));
    QTest::newRow("bytes") << QCborValue(QByteArray("a")) << u"a byte string"_s;
    QTest::newRow("list") << QCborValue(QCborArray{1}) << u"a list"_s;
    QTest::newRow("map") << QCborValue(QCborMap{{1, 1}}) << u"a map"_s;
}

void tst_ValueConversion::describesEveryKindOfValue()
{
    QFETCH(QCborValue, value);
    QFETCH(QString, description);

    QCOMPARE(describeValue(value), description);
}

QTEST_GUILESS_MAIN(tst_ValueConversion)
#include "tst_valueconversion.moc"
