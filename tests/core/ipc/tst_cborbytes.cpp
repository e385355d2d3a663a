// SPDX-License-Identifier: MIT
#include <fanfare/ipc/cborbytes.h>

#include <QCborMap>
#include <QCborStreamReader>
#include <QRandomGenerator>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CborBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsByteStringsOfAnyLength_data();
    void readsByteStringsOfAnyLength();
    void readsAnyOtherValue();
    void readsArrays_data();
    void readsArrays();
    void readsLongArrays();
    void passesOverSimpleValues_data();
    void passesOverSimpleValues();
    void passesOverOnlyWhatAReaderTakes();
    void knowsSimpleArguments_data();
    void knowsSimpleArguments();
    void leavesTheRest();
    void refuses_data();
    void refuses();
};

void tst_CborBytes::readsByteStringsOfAnyLength_data()
{
    QTest::addColumn<int>("size");

    for (const int size : {0, 1, 23, 24, 255, 256, 65'535, 65'536, 3'000'000})
        QTest::addRow("%d", size) << size;
}

void tst_CborBytes::readsByteStringsOfAnyLength()
{
    QFETCH(const int, size);
    const QByteArray content(size, 'x');
    const QByteArray cbor = QCborValue(content).toCbor();

    QByteArrayView rest = cbor;
    const auto bytes = takeByteString(rest);

    QVERIFY(bytes.has_value());
    QCOMPARE(bytes->toByteArray(), content);
    QVERIFY(rest.isEmpty());
}

void tst_CborBytes::readsAnyOtherValue()
{
    const QCborMap map{{u"a"_s, 1}, {u"b"_s, QByteArray(100, 'b')}, {3, QCborArray{2.5, true}}};
    const QByteArray cbor = map.toCborValue().toCbor();

    QByteArrayView rest = cbor;
    const auto value = takeValue(rest);

    QVERIFY(value.has_value());
    QCOMPARE(value->toMap(), map);
    QVERIFY(rest.isEmpty());
}

void tst_CborBytes::readsArrays_data()
{
    QTest::addColumn<int>("count");

    for (const int count : {0, 1, 15, 16, 17, 1000})
        QTest::addRow("%d", count) << count;
}

void tst_CborBytes::readsArrays()
{
    QFETCH(const int, count);
    QCborArray array;
    for (int i = 0; i < count; ++i)
        array.append(i % 2 ? QCborValue(QByteArray(i, 'x')) : QCborValue(i));
    const QByteArray cbor = array.toCborValue().toCbor();

    QByteArrayView rest = cbor;
    const auto read = takeArray(rest);

    QVERIFY(read.has_value());
    QCOMPARE(*read, array);
    QVERIFY(rest.isEmpty());
}

void tst_CborBytes::readsLongArrays()
{
    const QCborArray array{QByteArray(20'000, 'x'),
                           7,
                           u"text"_s,
                           QCborValue(),
                           QCborValue(QCborValue::Null),
                           QCborArray{1, QByteArray("inner")},
                           QCborMap{{u"key"_s, 1.5}},
                           QCborValue(QCborTag(4711), u"tagged"_s),
                           QByteArray()};
    const QByteArray cbor = array.toCborValue().toCbor();

    QByteArrayView rest = cbor;
    const auto read = takeArray(rest);

    QVERIFY(read.has_value());
    QCOMPARE(*read, array);
    QVERIFY(rest.isEmpty());
}

static QByteArray nested(int depth)
{
    QCborValue value = 1;
    for (int i = 0; i < depth; ++i)
        value = QCborArray{value};
    return value.toCbor();
}

void tst_CborBytes::passesOverSimpleValues_data()
{
    QTest::addColumn<QByteArray>("cbor");
    QTest::addColumn<bool>("isSimple");

    const QCborMap map{{u"key"_s, 1.5}, {3, QCborArray{true, QCborValue(), 1, -1}}};
    QTest::newRow("long bytes") << QCborValue(QByteArray(100'000, 'x')).toCbor() << true;
    QTest::newRow("map") << map.toCborValue().toCbor() << true;
    QTest::newRow("half precision") << QByteArray::fromHex("f93c00") << true;
    QTest::newRow("tagged") << QCborValue(QCborTag(4711), u"text"_s).toCbor() << true;
    QTest::newRow("deep enough") << nested(4) << true;
    QTest::newRow("too deep") << nested(5) << false;
    QTest::newRow("beyond ASCII") << QCborValue(u"\u00fc"_s).toCbor() << true;
    QTest::newRow("no UTF-8") << QByteArray::fromHex("62c328") << false;
    QTest::newRow("no known length") << QByteArray::fromHex("5f4101ff") << false;
    QTest::newRow("tag of nothing") << QByteArray::fromHex("c0") << false;
    QTest::newRow("half a number") << QByteArray::fromHex("fa0000") << false;
    QTest::newRow("break") << QByteArray::fromHex("ff") << false;
    QTest::newRow("array without its items") << QByteArray::fromHex("8201") << false;
    QTest::newRow("map of half a pair") << QByteArray::fromHex("a101") << false;
    QTest::newRow("map of more than anything")
        << QByteArray::fromHex("bbffffffffffffffff") << false;
    QTest::newRow("longer than there is") << QByteArray::fromHex("44010203") << false;
}

void tst_CborBytes::passesOverSimpleValues()
{
    QFETCH(const QByteArray, cbor);
    QFETCH(const bool, isSimple);

    QByteArrayView rest = cbor;
    const bool isPassed = passOverSimple(rest, 4);

    QCOMPARE(isPassed, isSimple);
    QCOMPARE(rest.size(), isSimple ? 0 : cbor.size());
}

void tst_CborBytes::passesOverOnlyWhatAReaderTakes()
{
    const QCborMap map{{u"key"_s, QByteArray(30, 'x')}, {u"list"_s, QCborArray{1, 2.5, u"t"_s}}};
    const QByteArray whole =
        QCborArray{map, 70'000, QCborValue(QCborTag(9), -5)}.toCborValue().toCbor();
    QRandomGenerator random(4711);

    int passed = 0;
    for (int i = 0; i < 100'000; ++i) {
        QByteArray damaged = whole;
        for (int hit = 0; hit <= i % 2; ++hit)
            damaged[random.bounded(damaged.size())] = char(random.bounded(256));
        QByteArrayView rest = damaged;
        if (!passOverSimple(rest, 32))
            continue;
        ++passed;
        QCborStreamReader reader(damaged);
        const QCborValue value = QCborValue::fromCbor(reader);
        QVERIFY2(reader.lastError() == QCborError::NoError, damaged.toHex().constData());
        QVERIFY2(reader.currentOffset() == damaged.size() - rest.size(),
                 damaged.toHex().constData());
    }

    QVERIFY(passed > 1000);
}

void tst_CborBytes::knowsSimpleArguments_data()
{
    QTest::addColumn<QByteArray>("cbor");
    QTest::addColumn<bool>("areSimple");

    const QCborMap map{{u"key"_s, 1}};
    const auto bytes = [](const QCborArray &parts) { return parts.toCborValue().toCbor(); };
    QTest::newRow("arguments") << bytes({QCborArray{1, QByteArray(9, 'x')}, map, map}) << true;
    QTest::newRow("no list") << bytes({map, map, map}) << false;
    QTest::newRow("no map") << bytes({QCborArray(), map, 1}) << false;
    QTest::newRow("too few") << bytes({QCborArray(), map}) << false;
    QTest::newRow("too many") << bytes({QCborArray(), map, map, map}) << false;
    QTest::newRow("something behind") << bytes({QCborArray(), map, map}) + '\0' << false;
    QTest::newRow("too deep") << bytes({QCborArray{QCborArray{QCborArray{}}}, map, map}) << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void tst_CborBytes::knowsSimpleArguments()
{
    QFETCH(const QByteArray, cbor);

    QTEST(areSimpleArguments(cbor, 3), "areSimple");
}

void tst_CborBytes::leavesTheRest()
{
    const QByteArray cbor = QCborValue(QByteArray("first")).toCbor() + QCborValue(2).toCbor()
        + QCborArray{3}.toCborValue().toCbor() + "end";

    QByteArrayView rest = cbor;
    const auto first = takeValue(rest);
    const auto second = takeValue(rest);
    const auto third = takeArray(rest);

    QCOMPARE(first, QCborValue(QByteArray("first")));
    QCOMPARE(second, QCborValue(2));
    QCOMPARE(third, QCborArray{3});
    QCOMPARE(rest.toByteArray(), QByteArray("end"));
}

void tst_CborBytes::refuses_data()
{
    QTest::addColumn<QByteArray>("cbor");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no length") << QByteArray::fromHex("58");
    QTest::newRow("half a length") << QByteArray::fromHex("5a000000");
    QTest::newRow("longer than there is") << QByteArray::fromHex("44010203");
    QTest::newRow("longer than anything") << QByteArray::fromHex("5bffffffffffffffff00");
    QTest::newRow("reserved length") << QByteArray::fromHex("5c00");
    QTest::newRow("an array without its items") << QByteArray::fromHex("8201");
    QTest::newRow("an array of more than anything") << QByteArray::fromHex("9bffffffffffffffff01");
}

void tst_CborBytes::refuses()
{
    QFETCH(const QByteArray, cbor);

    QByteArrayView rest = cbor;
    const bool isValue = takeValue(rest).has_value();
    const bool isArray = takeArray(rest).has_value();
    const bool isBytes = takeByteString(rest).has_value();

    QVERIFY(!isValue);
    QVERIFY(!isArray);
    QVERIFY(!isBytes);
    QCOMPARE(rest.size(), cbor.size());
}

QTEST_GUILESS_MAIN(tst_CborBytes)
#include "tst_cborbytes.moc"
