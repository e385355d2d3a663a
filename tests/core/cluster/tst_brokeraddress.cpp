// SPDX-License-Identifier: MIT
#include <fanfare/cluster/brokeraddress.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_BrokerAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv(brokerPasswordVariable); }
    void readsWhatAnAddressSays();
    void impliesWhatIsLeftOut();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void refusesPlainTextToOthers();
    void takesThePasswordFromTheEnvironment();
    void usesAPasswordThatWasTakenBefore();
    void takesThePasswordFromAFile();
    void refusesAFileThatOthersRead();
    void neverShowsThePassword();
};

void tst_BrokerAddress::readsWhatAnAddressSays()
{
    const auto address = brokerAddress(u"amqps://fan%40re@broker.example:1234/team%2Fone"_s);

    QVERIFY(address);
    QCOMPARE(address->host, u"broker.example"_s);
    QCOMPARE(address->port, quint16(1234));
    QCOMPARE(address->user, u"fan@re"_s);
    QCOMPARE(address->virtualHost, u"team/one"_s);
    QVERIFY(address->isEncrypted);
    QVERIFY(!address->isLoopback());
}

void tst_BrokerAddress::impliesWhatIsLeftOut()
{
    const auto plain = brokerAddress(u"amqp://localhost"_s);
    const auto encrypted = brokerAddress(u"amqps://b"_s);

    QVERIFY(plain && encrypted);
    QCOMPARE(plain->port, quint16(5672));
    QCOMPARE(encrypted->port, quint16(5671));
    QCOMPARE(plain->user, u"guest"_s);
    QCOMPARE(plain->password, u"guest"_s);
    QCOMPARE(plain->virtualHost, u"/"_s);
    QCOMPARE(plain->text(), u"amqp://guest@localhost:5672"_s);
}

void tst_BrokerAddress::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("url");

    QTest::newRow("empty") << QString();
    QTest::newRow("other scheme") << u"https://host"_s;
    QTest::newRow("no host") << u"amqp:///vhost"_s;
    QTest::newRow("query") << u"amqp://localhost/?heartbeat=1"_s;
    QTest::newRow("port") << u"amqp://localhost:99999"_s;
    QTest::newRow("password") << u"amqp://fan:hunter2@localhost"_s;
}

void tst_BrokerAddress::refusesWhatIsNone()
{
    QFETCH(QString, url);

    const auto address = brokerAddress(url);

    QVERIFY(!address);
    QCOMPARE(address.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!address.error().message.contains("hunter2"_L1));
}

void tst_BrokerAddress::refusesPlainTextToOthers()
{
    BrokerSecrets trusting;
    trusting.allowsPlainText = true;

    QVERIFY(!brokerAddress(u"amqp://broker.example"_s));
    QVERIFY(brokerAddress(u"amqp://broker.example"_s, trusting));
    QVERIFY(brokerAddress(u"amqp://127.0.0.1"_s));
}

void tst_BrokerAddress::takesThePasswordFromTheEnvironment()
{
    qputenv(brokerPasswordVariable, "hunter2");

    const auto address = brokerAddress(u"amqp://fan@localhost"_s);

    QVERIFY(address);
    QCOMPARE(address->password, u"hunter2"_s);
}

static QString fileWith(const QTemporaryDir &folder, const QByteArray &text,
                        QFile::Permissions mode)
{
    QFile file(folder.filePath(u"secret"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("The folder of the test cannot be written");
    file.setPermissions(mode);
    return file.fileName();
}

void tst_BrokerAddress::usesAPasswordThatWasTakenBefore()
{
    qputenv(brokerPasswordVariable, "secret");

    const QString taken = takeBrokerPassword();
    const auto address = brokerAddress(u"amqps://b"_s, {.password = taken});

    QCOMPARE(taken, u"secret"_s);
    QVERIFY(!qEnvironmentVariableIsSet(brokerPasswordVariable));
    QVERIFY(address);
    QCOMPARE(address->password, u"secret"_s);
    QCOMPARE(takeBrokerPassword(), QString());
}

void tst_BrokerAddress::takesThePasswordFromAFile()
{
    const QTemporaryDir folder;
    qputenv(brokerPasswordVariable, "other");
    const QString path = fileWith(folder, "hunter2\n", QFile::ReadOwner | QFile::WriteOwner);

    const auto address = brokerAddress(u"amqp://fan@localhost"_s, {path});
    const auto missing = brokerAddress(u"amqp://fan@localhost"_s, {path + u"x"_s});

    QVERIFY(address);
    QCOMPARE(address->password, u"hunter2"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::Unreadable);
}

void tst_BrokerAddress::refusesAFileThatOthersRead()
{
    const QTemporaryDir folder;
    const QString path =
        fileWith(folder, "hunter2", QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);

    const auto address = brokerAddress(u"amqp://fan@localhost"_s, {path});

    QVERIFY(!address);
    QVERIFY(address.error().message.contains("chmod 600"_L1));
}

void tst_BrokerAddress::neverShowsThePassword()
{
    qputenv(brokerPasswordVariable, "hunter2");

    const auto address = brokerAddress(u"amqp://fan@localhost/v"_s);

    QVERIFY(address);
    QCOMPARE(address->text(), u"amqp://fan@localhost:5672/v"_s);
}

QTEST_GUILESS_MAIN(tst_BrokerAddress)
#include "tst_brokeraddress.moc"
