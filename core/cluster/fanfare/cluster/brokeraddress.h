// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QString>

namespace Fanfare {

/// Where a message broker is, and who one is there. The password never leaves this object in a
/// sentence: text() has none.
struct BrokerAddress
{
    QString host;
    quint16 port = 0;
    bool isEncrypted = false; ///< TLS, with the certificate of the broker verified
    QString virtualHost = QStringLiteral("/");
    QString user = QStringLiteral("guest");
    QString password;  ///< secret
    QString authority; ///< file of certificates that are trusted; empty: those of the system

    /// "amqps://user@host:5671/vhost", to be shown. [any]
    QString text() const;
    bool isLoopback() const; ///< this machine
};

/// Where the password is looked for besides the address.
struct BrokerSecrets
{
    QString passwordFile; ///< only readable by its owner; empty: the environment is asked
    bool allowsPlainText =
        false;             ///< to other machines without TLS: everybody on the way can read it
    QString password = {}; ///< what takeBrokerPassword() took before; used without a file
};

/// The environment variable that holds the password of the broker.
inline constexpr const char *brokerPasswordVariable = "FANFARE_BROKER_PASSWORD";
/// The environment variable that names a file of certificates of authorities to trust.
inline constexpr const char *brokerAuthorityVariable = "FANFARE_BROKER_CA";

/// The password in the environment, and takes it out: neither code that runs in this process, nor
/// processes that it starts, nor a look into its /proc/PID/environ finds it there any more. For
/// programs that run handlers, as early as can be, while no other thread reads the environment.
QString takeBrokerPassword();

/// Reads \a url: "amqp://user@host:port/vhost" or "amqps://...". Port 5672, or 5671 with TLS, user
/// guest and vhost "/" are implied. The password comes from \a secrets, else from the environment;
/// one in the URL, which everybody sees in the list of processes, is refused. Errors:
/// InvalidArgument for what is no such URL, for a password in it, and for plain text to another
/// machine; Unreadable and InvalidArgument for the file of the password. [any]
Result<BrokerAddress> brokerAddress(const QString &url, const BrokerSecrets &secrets = {});

} // namespace Fanfare
