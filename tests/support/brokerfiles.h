// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Fanfare::Test {

/// A port of loopback on which nothing listens, outside of those that rabbitmqctl takes by itself.
quint16 freePort();

/// Definitions that a broker loads when it starts: the virtual host `fanfare`, and the users `app`
/// and `agent` with \a password and the least rights that they need.
QByteArray brokerDefinitions(const QByteArray &password);

/// Makes `authority.pem`, `server.pem` and `server.key` in \a folder with openssl, for `localhost`
/// and 127.0.0.1, valid for two days. Empty, or what went wrong.
QString makeCertificates(const QString &folder);

/// Writes \a content into the new file \a path, readable by this user only.
bool writePrivateFile(const QString &path, const QByteArray &content);

} // namespace Fanfare::Test
