// SPDX-License-Identifier: MIT
#include <fanfare/ipc/packedarguments.h>
#include <fanfare/ipc/payloaddevice.h>
#include <fanfare/ipc/taskrecords.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What is encoded at once, and what only when it is sent.
class tst_PackedArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheSize_data();
    void knowsTheSize();
    void writesWhatItEncodes();
};

void tst_PackedArguments::knowsTheSize_data()
{
    QTest::addColumn<QCborArray>("positional");
    QTest::addColumn<bool>("isLate");

    QCborArray many;
    for (int i = 0; i < 50'000; ++i)
        many.append(i);
    QTest::newRow("few bytes") << QCborArray{1, u"x"_s} << false;
    QTest::newRow("less than a large record") << QCborArray{QByteArray(15'000, 'x')} << false;
    QTest::newRow("a long byte string") << QCborArray{QByteArray(100'000, 'x')} << true;
    QTest::newRow("one beside others") << QCborArray{1, QByteArray(100'000, 'x'), 2} << true;
    QTest::newRow("many numbers") << many << false;
}

void tst_PackedArguments::knowsTheSize()
{
    QFETCH(const QCborArray, positional);
    QFETCH(const bool, isLate);
    const Arguments arguments{positional, {{u"name"_s, 1}}, {}};
    const QByteArray encoded = encodeArguments(arguments);

    const PackedArguments packed = pack(arguments);

    QCOMPARE(packed.size, qint64(encoded.size()));
    QCOMPARE(packed.isLate(), isLate);
    QCOMPARE(packed.bytes, isLate ? QByteArray() : encoded);
}

void tst_PackedArguments::writesWhatItEncodes()
{
    const Arguments arguments{{QByteArray(100'000, 'x')}, {{u"name"_s, 1}}, {{u"field"_s, 2}}};

    PayloadDevice device(nullptr, 1'000'000);
    encodeArguments(arguments, device);

    QCOMPARE(device.bytes().toByteArray(), encodeArguments(arguments));
    QVERIFY(!pack({}).isLate());
}

QTEST_GUILESS_MAIN(tst_PackedArguments)
#include "tst_packedarguments.moc"
