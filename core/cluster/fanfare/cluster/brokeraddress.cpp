// SPDX-License-Identifier: MIT
#include "fanfare/cluster/brokeraddress.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <cstdlib>
#include <cstring>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int plainPort = 5672;
static constexpr int encryptedPort = 5671;
static constexpr qint64 maximumSecret = 4096; // bytes

QString BrokerAddress::text() const
{
    QUrl url;
    url.setScheme(isEncrypted ? u"amqps"_s : u"amqp"_s);
    url.setUserName(user);
    url.setHost(host);
    url.setPort(port);
    if (virtualHost != "/"_L1)
        url.setPath(u'/' + virtualHost);
    return url.toString();
}

bool BrokerAddress::isLoopback() const
{
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

static Error invalid(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

static Result<BrokerAddress> addressFrom(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isEncrypted = url.scheme() == "amqps"_L1;
    if (!url.isValid() || (!isEncrypted && url.scheme() != "amqp"_L1) || url.host().isEmpty()
        || url.hasQuery() || url.hasFragment()) {
        // The text may hold a password, so it is not repeated.
        return invalid(u"The address of the broker is none; write amqps://USER@HOST/VHOST, or "
                       "amqp://USER@localhost for one on this machine."_s);
    }
    if (!url.password().isEmpty()) {
        return invalid(u"The address of the broker holds a password, which everybody can read in "
                       "the list of processes; put it into %1 or into a file that only you can "
                       "read."_s.arg(QLatin1StringView(brokerPasswordVariable)));
    }
    BrokerAddress address;
    address.isEncrypted = isEncrypted;
    address.host = url.host();
    address.port = quint16(url.port(isEncrypted ? encryptedPort : plainPort));
    if (!url.userName().isEmpty())
        address.user = url.userName(QUrl::FullyDecoded);
    const QString path = url.path(QUrl::FullyDecoded);
    if (path.size() > 1)
        address.virtualHost = path.mid(1);
    return address;
}

static Result<QString> secretIn(const QString &path)
{
    const QFileInfo info(path);
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (info.exists() && (info.permissions() & others)) {
        return invalid(u"Others may read or write %1, which holds the password of the broker; run "
                       "chmod 600 on it."_s.arg(path));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::Unreadable,
                     u"%1, which should hold the password of the broker, cannot be read: %2; name "
                     "another file."_s.arg(path, file.errorString())};
    }
    return QString::fromUtf8(file.read(maximumSecret)).trimmed();
}

QString takeBrokerPassword()
{
    const QString password = qEnvironmentVariable(brokerPasswordVariable);
    // The kernel shows the bytes that the process was started with, whatever is unset later.
    if (char *bytes = std::getenv(brokerPasswordVariable))
        explicit_bzero(bytes, std::strlen(bytes));
    qunsetenv(brokerPasswordVariable);
    return password;
}

Result<BrokerAddress> brokerAddress(const QString &url, const BrokerSecrets &secrets)
{
    auto address = addressFrom(url);
    if (!address)
        return address;
    if (!address->isEncrypted && !address->isLoopback() && !secrets.allowsPlainText) {
        return invalid(
            u"The broker at %1 would be reached without encryption, so that everybody "
            "on the way can read tasks and password; use amqps://."_s.arg(address->host));
    }
    address->authority = qEnvironmentVariable(brokerAuthorityVariable);
    address->password = secrets.password.isEmpty() ? qEnvironmentVariable(brokerPasswordVariable)
                                                   : secrets.password;
    if (!secrets.passwordFile.isEmpty()) {
        const auto secret = secretIn(secrets.passwordFile);
        if (!secret)
            return secret.error();
        address->password = *secret;
    }
    if (address->password.isEmpty() && address->user == "guest"_L1)
        address->password = u"guest"_s; // as every fresh broker has it, for its own machine only
    return address;
}

} // namespace Fanfare
