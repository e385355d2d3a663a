// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <QRegularExpression>
#include <QTest>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_PoolPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void carriesArgumentsAndResults();
    void carriesLargeArgumentsAndResults_data();
    void carriesLargeArgumentsAndResults();
    void refusesArgumentsBeyondTheLimit();
    void failsForResultsBeyondTheLimit();
    void failsForResultsThatCannotTravel();
};

void tst_PoolPayloads::carriesArgumentsAndResults()
{
    PoolRig rig(1);
    rig.on(u"echo"_s);
    const QCborValue big(QByteArray(3 * 1024 * 1024, 'x'));

    const Emission small = rig.emitOne(u"echo"_s, {u"Grüße"_s});
    const Emission large = rig.emitOne(u"echo"_s, {big});

    QVERIFY(small.waitForFinished(20s));
    QVERIFY(large.waitForFinished(20s));
    QCOMPARE(small.tasks().at(0).result.toString(), u"Grüße"_s);
    QVERIFY(large.tasks().at(0).result == big);
}

void tst_PoolPayloads::carriesLargeArgumentsAndResults_data()
{
    QTest::addColumn<QCborValue>("value");

    QTest::newRow("16 KiB") << QCborValue(QByteArray(16 * 1024, 'a'));
    QTest::newRow("1 MiB") << QCborValue(QByteArray(1024 * 1024, 'b'));
    QTest::newRow("20 MiB") << QCborValue(QByteArray(20 * 1024 * 1024, 'c'));
    QTest::newRow("text") << QCborValue(QString(500'000, u'd'));
    QCborArray many;
    for (int i = 0; i < 50'000; ++i)
        many.append(i);
    QTest::newRow("a list") << QCborValue(many);
}

void tst_PoolPayloads::carriesLargeArgumentsAndResults()
{
    QFETCH(const QCborValue, value);
    PoolRig rig(2);
    rig.on(u"echo"_s);

    std::vector<Emission> emissions;
    for (int i = 0; i < 3; ++i)
        emissions.push_back(rig.emitOne(u"echo"_s, {value}));

    for (const Emission &emission : emissions) {
        QVERIFY(emission.waitForFinished(30s));
        QCOMPARE(emission.tasks().at(0).outcome, Outcome::Succeeded);
        QVERIFY(emission.tasks().at(0).result == value);
    }
}

void tst_PoolPayloads::refusesArgumentsBeyondTheLimit()
{
    PoolRig rig(1);
    rig.on(u"echo"_s);

    const auto refused =
        rig.emitter->emit(Event(u"echo"_s), {{QByteArray(257 * 1024 * 1024, 'x')}, {}, {}});

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotTransferable);
    QVERIFY(refused.error().message.contains(u"256 MiB"_s));
}

void tst_PoolPayloads::failsForResultsBeyondTheLimit()
{
    PoolRig rig(1);
    rig.on(u"fill"_s);

    const Emission tooLarge = rig.emitOne(u"fill"_s, {qint64(257) << 20});
    const Emission large = rig.emitOne(u"fill"_s, {qint64(200) << 20});

    QVERIFY(tooLarge.waitForFinished(60s));
    QCOMPARE(tooLarge.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(tooLarge.tasks().at(0).error.type, u"ResultTooLarge"_s);
    QVERIFY(large.waitForFinished(60s));
    QCOMPARE(large.tasks().at(0).outcome, Outcome::Succeeded);
    QCOMPARE(large.tasks().at(0).result.toByteArray().size(), qsizetype(200) << 20);
}

void tst_PoolPayloads::failsForResultsThatCannotTravel()
{
    PoolRig rig(1);
    rig.on(u"halfCharacter"_s);

    const Emission emission = rig.emitOne(u"halfCharacter"_s);

    QVERIFY(emission.waitForFinished(20s));
    QCOMPARE(emission.tasks().at(0).outcome, Outcome::Failed);
    QCOMPARE(emission.tasks().at(0).error.type, u"ResultNotTransferable"_s);
    QVERIFY(emission.tasks().at(0).error.what.contains(u"Unicode"_s));
}

QTEST_GUILESS_MAIN(tst_PoolPayloads)
#include "tst_poolpayloads.moc"
