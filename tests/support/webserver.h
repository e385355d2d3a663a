// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace Fanfare::Test {

/// A web server on a free port of this machine: every path has an answer that is sent as it is.
/// Threads: [owner], an event loop is needed.
class WebServer final : public QObject
{
public:
    /// What to do with the connection on which a path was asked for.
    using Answer = std::function<void(QTcpSocket &)>;

    WebServer()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                ++m_connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(*socket); });
                connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                    ++m_disconnections;
                    socket->deleteLater();
                });
            }
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen on this machine");
    }

    void add(const QString &path, const Answer &answer) { m_answers[path] = answer; }

    /// An answer of its own connection, with the right length.
    void addPage(const QString &path, const QByteArray &status, const QByteArray &body,
                 const QByteArray &headers = {})
    {
        add(path, [=](QTcpSocket &socket) {
            socket.write("HTTP/1.1 " + status + "\r\n" + headers
                         + "Content-Length: " + QByteArray::number(body.size())
                         + "\r\nConnection: close\r\n\r\n" + body);
            socket.disconnectFromHost();
        });
    }

    QString url(const QString &path) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path);
    }

    QStringList requests() const { return m_requests; } ///< the paths, in order
    int connections() const { return m_connections; }
    int disconnections() const { return m_disconnections; }

private:
    void serve(QTcpSocket &socket)
    {
        if (!socket.canReadLine())
            return;
        const QString path = QString::fromLatin1(socket.readLine().split(' ').value(1));
        socket.readAll(); // the headers say nothing of interest
        m_requests.append(path);
        if (const Answer answer = m_answers.value(path))
            answer(socket);
    }

    QTcpServer m_server;
    QHash<QString, Answer> m_answers;
    QStringList m_requests;
    int m_connections = 0;
    int m_disconnections = 0;
};

} // namespace Fanfare::Test
