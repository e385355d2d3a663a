// SPDX-License-Identifier: MIT
#include <support/tcpproxy.h>

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace Fanfare::Test;
using namespace std::chrono_literals;

/// A server that echoes, a proxy in front of it, and a client behind that.
struct Echo
{
    QTcpServer server;
    std::unique_ptr<TcpProxy> proxy;
    QTcpSocket client;
    QTcpSocket *atServer = nullptr;

    bool connectAll()
    {
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            atServer = server.nextPendingConnection();
            QObject::connect(atServer, &QTcpSocket::readyRead, atServer,
                             [this] { atServer->write(atServer->readAll()); });
        });
        if (!server.listen(QHostAddress::LocalHost))
            return false;
        proxy = std::make_unique<TcpProxy>(server.serverPort());
        client.connectToHost(QHostAddress::LocalHost, proxy->port());
        return QTest::qWaitFor([this] { return atServer != nullptr; });
    }

    /// Sends \a bytes and takes them back; how long that took, in milliseconds, or -1.
    qint64 roundTrip(const QByteArray &bytes)
    {
        QElapsedTimer timer;
        timer.start();
        client.write(bytes);
        QByteArray back;
        const bool isBack = QTest::qWaitFor([&] {
            back += client.readAll();
            return back.size() >= bytes.size();
        });
        return isBack && back == bytes ? timer.elapsed() : -1;
    }
};

class tst_TcpProxy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesBytesOn();
    void delaysEachDirection();
    void holdsEverythingWhileCut();
    void doesNotTellOfAnEndWhileCut();
    void resetsConnections();
    void refusesWhenTheServerIsGone();
};

void tst_TcpProxy::passesBytesOn()
{
    Echo echo;
    QVERIFY(echo.connectAll());
    QByteArray much(5'000'000, 'x');
    for (qsizetype i = 0; i < much.size(); ++i)
        much[i] = char(i * 31);

    QVERIFY(echo.roundTrip("hello") >= 0);
    QVERIFY(echo.roundTrip(much) >= 0);
    QCOMPARE(echo.proxy->connectionCount(), 1);
}

void tst_TcpProxy::delaysEachDirection()
{
    Echo echo;
    QVERIFY(echo.connectAll());
    echo.proxy->setQuality({30ms, 50ms, 0ms});

    const qint64 time = echo.roundTrip("hello");

    QVERIFY2(time >= 80, qPrintable(QString::number(time)));
}

void tst_TcpProxy::holdsEverythingWhileCut()
{
    Echo echo;
    QVERIFY(echo.connectAll());
    echo.proxy->cut();

    echo.client.write("hello");
    QVERIFY(!QTest::qWaitFor([&] { return echo.client.bytesAvailable() > 0; }, 200));
    QCOMPARE(echo.client.state(), QAbstractSocket::ConnectedState);
    echo.proxy->restore();

    QTRY_COMPARE(echo.client.bytesAvailable(), 5);
    QCOMPARE(echo.client.readAll(), QByteArray("hello"));
}

void tst_TcpProxy::doesNotTellOfAnEndWhileCut()
{
    Echo echo;
    QVERIFY(echo.connectAll());
    echo.proxy->cut();

    echo.atServer->close();
    QVERIFY(!QTest::qWaitFor([&] { return echo.client.state() != QAbstractSocket::ConnectedState; },
                             200));
    echo.proxy->restore();

    QTRY_COMPARE(echo.client.state(), QAbstractSocket::UnconnectedState);
}

void tst_TcpProxy::resetsConnections()
{
    Echo echo;
    QVERIFY(echo.connectAll());

    echo.proxy->reset();

    QTRY_COMPARE(echo.client.state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(echo.atServer->state(), QAbstractSocket::UnconnectedState);
}

void tst_TcpProxy::refusesWhenTheServerIsGone()
{
    Echo echo;
    QVERIFY(echo.connectAll());
    echo.server.close();
    QTcpSocket second;

    second.connectToHost(QHostAddress::LocalHost, echo.proxy->port());

    QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(echo.proxy->connectionCount(), 1);
}

QTEST_GUILESS_MAIN(tst_TcpProxy)
#include "tst_tcpproxy.moc"
