// SPDX-License-Identifier: MIT
#include <support/childprocess.h>
#include <support/rabbitbroker.h>

#include <QDir>
#include <QFile>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// What a broker says first to who speaks its protocol: the frame Connection.Start.
static QByteArray greeting(QTcpSocket &socket)
{
    socket.write(QByteArray("AMQP\0\0\x09\x01", 8));
    while (socket.bytesAvailable() < 11 && socket.waitForReadyRead(5000)) { }
    return socket.read(11);
}

static bool greets(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    return socket.waitForConnected() && greeting(socket).startsWith("\x01");
}

/// Processes whose environment has \a text in it, such as the folder of a broker.
static QStringList processesWith(const QByteArray &text)
{
    QStringList found;
    for (const QString &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile environment(u"/proc/%1/environ"_s.arg(pid));
        if (environment.open(QIODevice::ReadOnly) && environment.readAll().contains(text))
            found.append(pid);
    }
    return found;
}

class tst_RabbitBroker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keepsItsDataWhenItIsStoppedAndKilled();
    void speaksTlsWithItsOwnCertificate();
    void leavesNothingBehindWhenItsTestIsKilled();
};

void tst_RabbitBroker::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
}

void tst_RabbitBroker::keepsItsDataWhenItIsStoppedAndKilled()
{
    RabbitBroker broker;
    QVERIFY2(broker.start(), qPrintable(broker.problem()));
    QVERIFY(greets(broker.port()));
    QVERIFY(broker.control({u"add_vhost"_s, u"second"_s}));

    broker.stop();
    QVERIFY(!broker.isRunning());
    QVERIFY2(broker.start(), qPrintable(broker.problem()));
    broker.kill();
    QVERIFY(!greets(broker.port()));
    QVERIFY2(broker.start(), qPrintable(broker.problem()));

    QString hosts;
    QVERIFY(broker.control({u"list_vhosts"_s}, &hosts));
    QVERIFY2(hosts.contains(u"second"_s) && hosts.contains(u"fanfare"_s), qPrintable(hosts));
    QVERIFY(!broker.control({u"no_such_command"_s}));
    QVERIFY(!broker.problem().isEmpty());
}

void tst_RabbitBroker::speaksTlsWithItsOwnCertificate()
{
    RabbitBroker broker({.hasTls = true});
    QVERIFY2(broker.start(), qPrintable(broker.problem()));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(broker.authorityFile()));
    QSslSocket socket;
    socket.setSslConfiguration(configuration);

    socket.connectToHostEncrypted(u"localhost"_s, broker.tlsPort());

    QVERIFY2(socket.waitForEncrypted(), qPrintable(socket.errorString()));
    QVERIFY(greeting(socket).startsWith("\x01"));
}

void tst_RabbitBroker::leavesNothingBehindWhenItsTestIsKilled()
{
    QProcess holder;
    startSelf(holder, {u"hold-a-broker"_s});
    QVERIFY(holder.waitForStarted());
    while (!holder.canReadLine())
        QVERIFY(holder.waitForReadyRead(60'000));
    const QByteArray folder = holder.readLine().trimmed();
    QVERIFY(processesWith(folder).size() >= 3); // shell, epmd, server

    holder.kill();
    QVERIFY(holder.waitForFinished());

    QTRY_COMPARE(processesWith("HOME=" + folder), QStringList());
    QDir(QString::fromUtf8(folder)).removeRecursively();
}

/// Starts a broker, says where, and waits to be killed.
static int holdBroker()
{
    RabbitBroker broker;
    if (!broker.start())
        return 1;
    std::puts(qPrintable(QFileInfo(broker.passwordFile()).path()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"hold-a-broker"_s))
        return holdBroker();
    tst_RabbitBroker test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_rabbitbroker.moc"
