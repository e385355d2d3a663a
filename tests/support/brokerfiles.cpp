// SPDX-License-Identifier: MIT
#include "support/brokerfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fanfare::Test {

static quint16 anyPort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool isBound = bind(descriptor, reinterpret_cast<sockaddr *>(&address), length) == 0
        && getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0;
    close(descriptor);
    return isBound ? ntohs(address.sin_port) : 0;
}

quint16 freePort()
{
    quint16 port = anyPort();
    while (port >= 35672 && port <= 35682)
        port = anyPort();
    return port;
}

/// As RabbitMQ keeps a password: four bytes of salt, and the SHA-256 of salt and password.
static QString hashed(const QByteArray &password)
{
    const QByteArray salt = "salt";
    return QString::fromLatin1(
        (salt + QCryptographicHash::hash(salt + password, QCryptographicHash::Sha256)).toBase64());
}

static QJsonObject userNamed(const QString &name, const QByteArray &password, const QString &tags)
{
    return {{u"name"_s, name},
            {u"password_hash"_s, hashed(password)},
            {u"hashing_algorithm"_s, u"rabbit_password_hashing_sha256"_s},
            {u"tags"_s, tags},
            {u"limits"_s, QJsonObject()}};
}

static QJsonObject rightsOf(const QString &user, const QString &configure, const QString &write,
                            const QString &read)
{
    return {{u"user"_s, user},
            {u"vhost"_s, u"fanfare"_s},
            {u"configure"_s, configure},
            {u"write"_s, write},
            {u"read"_s, read}};
}

QByteArray brokerDefinitions(const QByteArray &password)
{
    const QString all = u"^fanfare\\.v1\\."_s;
    const QString hosts = u"^fanfare\\.v1\\.host\\..*"_s;
    const QString written = u"^fanfare\\.v1\\.(events|host\\..*)$"_s;
    const QString read = u"^fanfare\\.v1\\.(task\\..*|ctl|cancelled|host\\..*)$"_s;
    const QJsonObject definitions{{u"vhosts"_s, QJsonArray{QJsonObject{{u"name"_s, u"fanfare"_s}}}},
                                  {u"users"_s,
                                   QJsonArray{userNamed(u"app"_s, password, u"monitoring"_s),
                                              userNamed(u"agent"_s, password, {})}},
                                  {u"permissions"_s,
                                   QJsonArray{rightsOf(u"app"_s, all, all, all),
                                              rightsOf(u"agent"_s, hosts, written, read)}}};
    return QJsonDocument(definitions).toJson();
}

/// Empty, or what openssl said.
static QString openssl(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0)
        return {};
    return u"openssl %1 failed: %2"_s.arg(arguments.value(0), QString::fromUtf8(process.readAll()));
}

QString makeCertificates(const QString &folder)
{
    const QStringList key{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                          u"-nodes"_s};
    const QByteArray names = "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
    if (!writePrivateFile(folder + u"/names"_s, names))
        return u"The folder %1 cannot be written."_s.arg(folder);
    const QList<QStringList> steps{
        QStringList{u"req"_s, u"-x509"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Test authority"_s,
                    u"-keyout"_s, u"authority.key"_s, u"-out"_s, u"authority.pem"_s}
            + key,
        QStringList{u"req"_s, u"-subj"_s, u"/CN=localhost"_s, u"-keyout"_s, u"server.key"_s,
                    u"-out"_s, u"server.csr"_s}
            + key,
        {u"x509"_s, u"-req"_s, u"-in"_s, u"server.csr"_s, u"-CA"_s, u"authority.pem"_s, u"-CAkey"_s,
         u"authority.key"_s, u"-CAcreateserial"_s, u"-days"_s, u"2"_s, u"-extfile"_s, u"names"_s,
         u"-out"_s, u"server.pem"_s}};
    for (const QStringList &step : steps) {
        if (const QString problem = openssl(folder, step); !problem.isEmpty())
            return problem;
    }
    return {};
}

bool writePrivateFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(content) == content.size();
}

} // namespace Fanfare::Test
