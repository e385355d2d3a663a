// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDataStream>
#include <QIODevice>
#include <QVariantMap>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

namespace Fanfare::Conformance {

/// What a handler in a worker and the replayer say to each other over a socket of their own: a
/// length and a map. QDataStream keeps every string, which JSON text and CBOR do not.
using Message = QVariantMap;

/// The address of the replayer called \a name; it has no file, so nothing is left behind.
inline sockaddr_un abstractAddress(const QByteArray &name)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX; // the first byte of the path stays 0: an abstract name
    const auto size = std::min<qsizetype>(name.size(), sizeof address.sun_path - 1);
    std::copy_n(name.constData(), size, address.sun_path + 1);
    return address;
}

/// False when the other side is gone.
inline bool sendMessage(int socket, const Message &message)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << message;
    const auto length = quint32(bytes.size());
    bytes.prepend(reinterpret_cast<const char *>(&length), sizeof length);
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count =
            ::send(socket, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR)
            return false;
        sent += std::max<ssize_t>(0, count);
    }
    return true;
}

inline bool receiveAll(int socket, char *to, size_t size)
{
    while (size > 0) {
        const ssize_t count = ::recv(socket, to, size, 0);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        to += std::max<ssize_t>(0, count);
        size -= size_t(std::max<ssize_t>(0, count));
    }
    return true;
}

/// False when the other side is gone. [blocks]
inline bool receiveMessage(int socket, Message &message)
{
    quint32 length = 0;
    if (!receiveAll(socket, reinterpret_cast<char *>(&length), sizeof length))
        return false;
    QByteArray bytes(qsizetype(length), Qt::Uninitialized);
    if (!receiveAll(socket, bytes.data(), length))
        return false;
    QDataStream stream(bytes);
    stream >> message;
    return true;
}

} // namespace Fanfare::Conformance
