// SPDX-License-Identifier: MIT
#include "singleinstance.h"

#include <QCborArray>
#include <QCborMap>
#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr auto patience = 3s;      ///< of who starts second: the first may still start
static constexpr auto guestPatience = 1s; ///< of the window with a guest that says nothing
static constexpr quint16 messageVersion = 1;

/// Below $XDG_RUNTIME_DIR, for this user only; empty when there is no such place.
static QString privateFolder()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (runtime.isEmpty())
        return {};
    const QString folder = runtime + u"/fanfare"_s;
    const QByteArray path = QFile::encodeName(folder);
    ::mkdir(path.constData(), 0700);
    struct stat facts = {};
    const bool isOurs = ::lstat(path.constData(), &facts) == 0 && S_ISDIR(facts.st_mode)
        && facts.st_uid == ::getuid() && (facts.st_mode & 0077) == 0;
    return isOurs ? folder : QString();
}

static QString socketFor(const QString &runFolder)
{
    const QString folder = privateFolder();
    if (folder.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(QDir(runFolder).absolutePath().toUtf8(),
                                                     QCryptographicHash::Sha256);
    return folder + u'/' + QString::fromLatin1(hash.toHex().first(16));
}

static bool isOurs(const QLocalSocket &socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::getuid();
}

SingleInstance::SingleInstance(const QString &runFolder, QObject *parent)
    : QObject(parent)
    , m_socket(socketFor(runFolder))
    , m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::serve);
}

SingleInstance::~SingleInstance() = default;

/// The lock goes with the process, so that a socket left behind by one that was killed is known to
/// be nobody's.
bool SingleInstance::claim()
{
    if (m_socket.isEmpty())
        return false;
    auto lock = std::make_unique<QFile>(m_socket + u".lock"_s);
    if (!lock->open(QIODevice::ReadWrite) || ::flock(lock->handle(), LOCK_EX | LOCK_NB) != 0)
        return false;
    m_lock = std::move(lock);
    QLocalServer::removeServer(m_socket);
    return m_server->listen(m_socket);
}

static QByteArray requestFor(const QStringList &things)
{
    return QCborMap{{u"version"_s, messageVersion}, {u"open"_s, QCborArray::fromStringList(things)}}
        .toCborValue()
        .toCbor();
}

/// What the message asks to be opened; nothing for anything but such a message.
static std::optional<QStringList> thingsIn(const QByteArray &message)
{
    QCborParserError error;
    const QCborMap map = QCborValue::fromCbor(message, &error).toMap();
    if (error.error != QCborError::NoError || map.value("version"_L1).toInteger() != messageVersion)
        return {};
    QStringList things;
    for (const QCborValue &thing : map.value("open"_L1).toArray()) {
        const QString text = thing.toString();
        if (!text.startsWith(u'/') && !text.startsWith("fanfare://"_L1))
            return {};
        things.append(text);
    }
    return things;
}

Result<void> SingleInstance::handOver(const QStringList &things) const
{
    const Error noAnswer{ErrorCode::Unreadable,
                         tr("The window that is open does not answer; this one opens beside it.")};
    if (m_socket.isEmpty())
        return noAnswer;
    const QDeadlineTimer end(patience);
    QLocalSocket socket;
    do {
        socket.connectToServer(m_socket);
        if (!socket.waitForConnected(int(end.remainingTime())))
            ::usleep(20'000); // it holds the lock and does not listen yet
    } while (socket.state() != QLocalSocket::ConnectedState && !end.hasExpired());
    if (socket.state() != QLocalSocket::ConnectedState || !isOurs(socket))
        return noAnswer;
    const QByteArray request = requestFor(things);
    socket.write(QByteArray::number(request.size()) + '\n' + request);
    while (socket.bytesAvailable() == 0 && socket.waitForReadyRead(int(end.remainingTime()))) { }
    return socket.readAll() == "ok" ? Result<void>() : Result<void>(noAnswer);
}

void SingleInstance::serve()
{
    while (QLocalSocket *guest = m_server->nextPendingConnection()) {
        connect(guest, &QLocalSocket::disconnected, guest, &QObject::deleteLater);
        QTimer::singleShot(guestPatience, guest, &QLocalSocket::abort);
        if (!isOurs(*guest)) {
            guest->abort();
            continue;
        }
        connect(guest, &QLocalSocket::readyRead, this, [this, guest] { answer(*guest); });
        answer(*guest);
    }
}

/// "length\n" and so many bytes of CBOR, which may come in parts.
void SingleInstance::answer(QLocalSocket &guest)
{
    const QByteArray all = guest.peek(maximumRequest + 16);
    const qsizetype end = all.indexOf('\n');
    bool isNumber = false;
    const qlonglong length = all.first(std::max<qsizetype>(end, 0)).toLongLong(&isNumber);
    const bool isWrong =
        end < 0 ? all.size() > 16 : !isNumber || length < 1 || length > maximumRequest;
    if (isWrong)
        return guest.abort();
    if (end < 0 || all.size() < end + 1 + length)
        return;
    guest.readAll();
    const auto things = thingsIn(all.sliced(end + 1, length));
    if (!things)
        return guest.abort();
    guest.write("ok");
    guest.disconnectFromServer(); // when that is written
    if (!things->isEmpty())
        Q_EMIT openWanted(*things);
    Q_EMIT raiseWanted();
}

} // namespace Fanfare
