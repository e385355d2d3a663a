// SPDX-License-Identifier: MIT
#include <fanfare/plugins/handlerpolicy.h>

#include <QJsonDocument>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_HandlerPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasDefaults();
    void takesTheWordThatIsNearest();
    void takesEachValueForItself();
    void comesBackFromJson();
    void namesTheValueThatIsWrong_data();
    void namesTheValueThatIsWrong();
    void comesBackFromTheLink();
    void survivesNonsenseOnTheLink();
};

void tst_HandlerPolicy::hasDefaults()
{
    const HandlerPolicy policy = resolvePolicy({}, {}, {});

    QCOMPARE(policy, HandlerPolicy());
    QVERIFY(policy.isEnabled.value && policy.deadlineMs.value == 0);
}

void tst_HandlerPolicy::takesTheWordThatIsNearest()
{
    PolicyPart stated;
    PolicyPart forPlugin;
    PolicyPart forHandler;
    stated.deadlineMs = 1;
    QCOMPARE(resolvePolicy(stated, forPlugin, forHandler).deadlineMs,
             (Sourced<qint64>{1, PolicySource::Plugin}));

    forPlugin.deadlineMs = 2;
    QCOMPARE(resolvePolicy(stated, forPlugin, forHandler).deadlineMs,
             (Sourced<qint64>{2, PolicySource::ForPlugin}));

    forHandler.deadlineMs = 0;
    QCOMPARE(resolvePolicy(stated, forPlugin, forHandler).deadlineMs,
             (Sourced<qint64>{0, PolicySource::ForHandler}));
}

void tst_HandlerPolicy::takesEachValueForItself()
{
    PolicyPart stated;
    stated.isIdempotent = true;
    stated.concurrency = 4;
    PolicyPart forHandler;
    forHandler.concurrency = 1;

    const HandlerPolicy policy = resolvePolicy(stated, {}, forHandler);

    QCOMPARE(policy.isIdempotent, (Sourced<bool>{true, PolicySource::Plugin}));
    QCOMPARE(policy.concurrency, (Sourced<int>{1, PolicySource::ForHandler}));
}

void tst_HandlerPolicy::comesBackFromJson()
{
    PolicyPart part;
    part.isEnabled = false;
    part.isolation = Isolation::Process;
    part.deadlineMs = 250;
    part.concurrency = 3;
    part.isIdempotent = true;
    part.isBlocking = true;
    part.maxMemoryMb = 64;

    const auto back = policyFromJson(toJson(part));

    QVERIFY(back);
    QVERIFY(*back == part);
    QVERIFY(policyFromJson(toJson(PolicyPart()))->isEmpty());
}

void tst_HandlerPolicy::namesTheValueThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("key");
    QTest::newRow("enabled") << QByteArray(R"({"enabled": 1})") << u"enabled"_s;
    QTest::newRow("idempotent") << QByteArray(R"({"idempotent": "yes"})") << u"idempotent"_s;
    QTest::newRow("isolation") << QByteArray(R"({"isolation": "sandbox"})") << u"isolation"_s;
    QTest::newRow("negative") << QByteArray(R"({"deadlineMs": -1})") << u"deadlineMs"_s;
    QTest::newRow("fraction") << QByteArray(R"({"deadlineMs": 1.5})") << u"deadlineMs"_s;
    QTest::newRow("huge") << QByteArray(R"({"concurrency": 1e10})") << u"concurrency"_s;
    QTest::newRow("text") << QByteArray(R"({"concurrency": "2"})") << u"concurrency"_s;
    QTest::newRow("kind") << QByteArray(R"({"kind": "later"})") << u"kind"_s;
    QTest::newRow("memory") << QByteArray(R"({"maxMemoryMb": -1})") << u"maxMemoryMb"_s;
}

void tst_HandlerPolicy::namesTheValueThatIsWrong()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, key);

    const auto part = policyFromJson(QJsonDocument::fromJson(json).object());

    QVERIFY(!part);
    QVERIFY2(part.error().message.contains(u'"' + key + u"\" must be"_s),
             qPrintable(part.error().message));
}

void tst_HandlerPolicy::comesBackFromTheLink()
{
    PolicyPart forPlugin;
    forPlugin.isEnabled = false;
    forPlugin.isolation = Isolation::Thread;
    PolicyPart forHandler;
    forHandler.deadlineMs = 7;
    forHandler.concurrency = 8;
    forHandler.isBlocking = true;
    forHandler.maxMemoryMb = 9;
    forHandler.isIdempotent = true;
    const HandlerPolicy policy = resolvePolicy({}, forPlugin, forHandler);

    QVERIFY(policyFromCbor(toCbor(policy)) == policy);
}

void tst_HandlerPolicy::survivesNonsenseOnTheLink()
{
    const HandlerPolicy policy =
        policyFromCbor({{u"isolation"_s, QCborArray{900, -5}}, {u"enabled"_s, 3}});

    QVERIFY(policy.isEnabled.value);
    QCOMPARE(policy.isolation.source, PolicySource::Default);
}

QTEST_GUILESS_MAIN(tst_HandlerPolicy)
#include "tst_handlerpolicy.moc"
