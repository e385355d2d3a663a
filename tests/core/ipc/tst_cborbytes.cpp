// SPDX-License-Identifier: MIT
#include <fanfare/ipc/cborbytes.h>

#include <QCborMap>
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
