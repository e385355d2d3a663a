// SPDX-License-Identifier: MIT
#include "fanfare/cluster/amqpconnection.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <sys/time.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int heartbeat = 6;      // seconds: a silent loss is noticed after some 17 s
static constexpr int frameSize = 131072; // what brokers offer
static constexpr timeval patience{5, 0}; // for one answer

// --- tables and bytes

amqp_bytes_t toAmqp(const QByteArray &bytes)
{
    return {size_t(bytes.size()), const_cast<char *>(bytes.constData())};
}

amqp_bytes_t toAmqp(const char *text)
{
    return {std::strlen(text), const_cast<char *>(text)};
}

QByteArray fromAmqp(const amqp_bytes_t &bytes)
{
    return {static_cast<const char *>(bytes.bytes), qsizetype(bytes.len)};
}

AmqpTable &AmqpTable::text(const char *key, const char *value)
{
    amqp_table_entry_t entry{toAmqp(key), {}};
    entry.value.kind = AMQP_FIELD_KIND_UTF8;
    entry.value.value.bytes = toAmqp(value);
    m_entries.push_back(entry);
    return *this;
}

AmqpTable &AmqpTable::number(const char *key, qint64 value)
{
    amqp_table_entry_t entry{toAmqp(key), {}};
    entry.value.kind = AMQP_FIELD_KIND_I64;
    entry.value.value.i64 = value;
    m_entries.push_back(entry);
    return *this;
}

AmqpTable &AmqpTable::flag(const char *key, bool value)
{
    amqp_table_entry_t entry{toAmqp(key), {}};
    entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    entry.value.value.boolean = value;
    m_entries.push_back(entry);
    return *this;
}

AmqpTable &AmqpTable::table(const char *key, const AmqpTable &value)
{
    amqp_table_entry_t entry{toAmqp(key), {}};
    entry.value.kind = AMQP_FIELD_KIND_TABLE;
    entry.value.value.table = value.view();
    m_entries.push_back(entry);
    return *this;
}

amqp_table_t AmqpTable::view() const
{
    return {int(m_entries.size()), const_cast<amqp_table_entry_t *>(m_entries.data())};
}

// --- problems

static BrokerStatus broken(const QString &code, const QString &sentence, bool isPermanent)
{
    return {BrokerState::Connecting, code, sentence, isPermanent};
}

static BrokerStatus socketProblem(const BrokerAddress &address, int status)
{
    switch (status) {
    case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED:
        return broken(u"unknown-host"_s,
                      u"There is no machine called %1; correct the address of the broker."_s.arg(
                          address.host),
                      false);
    case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED:
        return broken(u"untrusted"_s,
                      u"The certificate of the broker is for another name than %1; use the name "
                      "that it was made for, which `openssl s_client -connect %1:%2` shows."_s
                          .arg(address.host)
                          .arg(address.port),
                      true);
    case AMQP_STATUS_SSL_PEER_VERIFY_FAILED:
    case AMQP_STATUS_SSL_CONNECTION_FAILED:
    case AMQP_STATUS_SSL_ERROR:
        return broken(u"untrusted"_s,
                      u"The broker at %1 showed no certificate that is trusted here; name the file "
                      "of its authority in %2."_s.arg(address.text(),
                                                      QLatin1StringView(brokerAuthorityVariable)),
                      true);
    default:
        return broken(u"no-broker"_s,
                      u"No broker answers at %1; start it there, or correct the address."_s.arg(
                          address.text()),
                      false);
    }
}

static BrokerStatus lost(const BrokerAddress &address)
{
    return broken(
        u"connection-lost"_s,
        u"The connection to the broker at %1 was lost; it is tried again."_s.arg(address.text()),
        false);
}

static BrokerStatus refusal(const BrokerAddress &address, int code, const QByteArray &words)
{
    const QString text = QString::fromUtf8(words);
    if (code == AMQP_ACCESS_REFUSED && text.contains("login"_L1, Qt::CaseInsensitive)) {
        return broken(
            u"refused-login"_s,
            u"The broker at %1 does not know the user %2 with this password; correct "
            "%3."_s.arg(address.text(), address.user, QLatin1StringView(brokerPasswordVariable)),
            true);
    }
    if (code == AMQP_NOT_ALLOWED || code == AMQP_INVALID_PATH) {
        return broken(u"refused-vhost"_s,
                      u"The broker at %1 has no virtual host \"%2\" for the user %3; add it with "
                      "rabbitmqctl add_vhost and set_permissions."_s.arg(
                          address.text(), address.virtualHost, address.user),
                      true);
    }
    if (code == AMQP_ACCESS_REFUSED) {
        return broken(u"refused-rights"_s,
                      u"The user %1 lacks a right that is needed (%2); grant it with rabbitmqctl "
                      "set_permissions."_s.arg(address.user, text),
                      true);
    }
    if (code == AMQP_PRECONDITION_FAILED) {
        return broken(u"other-topology"_s,
                      u"The broker has something of that name with other properties (%1); delete "
                      "it there, or use another virtual host."_s.arg(text),
                      true);
    }
    if (code == AMQP_NOT_FOUND && text.contains("home node"_L1)) {
        return broken(u"node-down"_s,
                      u"A node of the broker that keeps the results for this app is down (%1); "
                      "start it again, or emit from a new app."_s.arg(text),
                      false);
    }
    if (code == AMQP_NOT_FOUND) {
        return broken(u"not-set-up"_s,
                      u"The broker has no exchanges of Fanfare yet (%1); emit once from an app, or "
                      "let this user configure them."_s.arg(text),
                      false);
    }
    return broken(u"refused"_s,
                  u"The broker at %1 ended the connection: %2."_s.arg(address.text(), text), false);
}

namespace {

/// Why the broker closes something; 0 when it does not.
struct Closing
{
    int code = 0;
    QByteArray words;
};

} // namespace

static Closing closingOf(const amqp_method_t &method)
{
    if (method.id == AMQP_CONNECTION_CLOSE_METHOD) {
        const auto *close = static_cast<amqp_connection_close_t *>(method.decoded);
        return {close->reply_code, fromAmqp(close->reply_text)};
    }
    if (method.id == AMQP_CHANNEL_CLOSE_METHOD) {
        const auto *close = static_cast<amqp_channel_close_t *>(method.decoded);
        return {close->reply_code, fromAmqp(close->reply_text)};
    }
    return {};
}

static BrokerStatus refusalOf(const BrokerAddress &address, const amqp_rpc_reply_t &reply)
{
    if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION)
        return lost(address);
    const Closing closing = closingOf(reply.reply);
    return closing.code ? refusal(address, closing.code, closing.words) : lost(address);
}

BrokerStatus AmqpConnection::closedBy(const amqp_method_t &method) const
{
    const Closing closing = closingOf(method);
    return closing.code == AMQP_ACCESS_REFUSED ? refusal(m_address, closing.code, closing.words)
                                               : lost(m_address);
}

// --- the connection

AmqpConnection::~AmqpConnection()
{
    if (m_state)
        m_amqp.destroy_connection(m_state);
}

/// The certificates that the system trusts.
static QByteArray systemAuthorities()
{
    for (const char *path :
         {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/cert.pem", "/etc/ssl/cert.pem"}) {
        if (QFile::exists(QString::fromLatin1(path)))
            return path;
    }
    return {};
}

std::optional<BrokerStatus> AmqpConnection::openSocket(const BrokerAddress &address)
{
    amqp_socket_t *socket = nullptr;
    if (address.isEncrypted) {
        socket = m_amqp.ssl_socket_new(m_state);
        const QByteArray authority = address.authority.isEmpty()
            ? systemAuthorities()
            : QFile::encodeName(address.authority);
        if (!socket
            || m_amqp.ssl_socket_set_cacert(socket, authority.constData()) != AMQP_STATUS_OK) {
            return broken(
                u"no-authority"_s,
                u"%1 holds no certificates of authorities; correct %2."_s.arg(
                    QFile::decodeName(authority), QLatin1StringView(brokerAuthorityVariable)),
                true);
        }
        m_amqp.ssl_socket_set_verify_peer(socket, 1);
        m_amqp.ssl_socket_set_verify_hostname(socket, 1);
    } else {
        socket = m_amqp.tcp_socket_new(m_state);
    }
    const int status = m_amqp.socket_open_noblock(socket, address.host.toUtf8().constData(),
                                                  address.port, &patience);
    if (status != AMQP_STATUS_OK)
        return socketProblem(address, status);
    return {};
}

std::optional<BrokerStatus> AmqpConnection::login(const ClusterEndpoint &endpoint)
{
    const QByteArray name = endpoint.name.toUtf8();
    AmqpTable capabilities;
    capabilities.flag("connection.blocked", true).flag("consumer_cancel_notify", true);
    AmqpTable properties;
    properties.table("capabilities", capabilities).text("connection_name", name.constData());
    const amqp_table_t table = properties.view();
    const QByteArray host = m_address.virtualHost.toUtf8();
    const QByteArray user = m_address.user.toUtf8();
    const QByteArray password = m_address.password.toUtf8();
    const amqp_rpc_reply_t reply = m_amqp.login_with_properties(
        m_state, host.constData(), AMQP_DEFAULT_MAX_CHANNELS, frameSize, heartbeat, &table,
        AMQP_SASL_METHOD_PLAIN, user.constData(), password.constData());
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return {};
    const bool isTls = reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION && m_address.isEncrypted
        && reply.library_error <= AMQP_STATUS_SSL_ERROR;
    return isTls ? socketProblem(m_address, reply.library_error) : refusalOf(m_address, reply);
}

std::optional<BrokerStatus> AmqpConnection::openChannel(AmqpChannel channel)
{
    m_amqp.channel_open(m_state, quint16(channel));
    const amqp_rpc_reply_t reply = m_amqp.get_rpc_reply(m_state);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL)
        return refusalOf(m_address, reply);
    return {};
}

std::optional<BrokerStatus> AmqpConnection::connect(const ClusterEndpoint &endpoint)
{
    m_address = endpoint.address;
    m_state = m_amqp.new_connection();
    if (!m_state)
        return lost(m_address);
    m_amqp.set_handshake_timeout(m_state, &patience);
    m_amqp.set_rpc_timeout(m_state, &patience);
    if (auto problem = openSocket(m_address))
        return problem;
    if (auto problem = login(endpoint))
        return problem;
    for (const AmqpChannel channel :
         {AmqpChannel::Publish, AmqpChannel::Consume, AmqpChannel::Order, AmqpChannel::Probe}) {
        if (auto problem = openChannel(channel))
            return problem;
    }
    m_amqp.confirm_select(m_state, quint16(AmqpChannel::Publish));
    const amqp_rpc_reply_t reply = m_amqp.get_rpc_reply(m_state);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL)
        return refusalOf(m_address, reply);
    m_isOpen = true;
    return {};
}

std::optional<BrokerStatus> AmqpConnection::problem(AmqpChannel channel, bool &isAlive)
{
    const amqp_rpc_reply_t reply = m_amqp.get_rpc_reply(m_state);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return {};
    const BrokerStatus status = refusalOf(m_address, reply);
    isAlive = false;
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION
        && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
        amqp_channel_close_ok_t answer{};
        m_amqp.send_method(m_state, quint16(channel), AMQP_CHANNEL_CLOSE_OK_METHOD, &answer);
        isAlive = !openChannel(channel);
    }
    return status;
}

void AmqpConnection::close()
{
    if (m_isOpen)
        m_amqp.connection_close(m_state, AMQP_REPLY_SUCCESS);
}

} // namespace Fanfare
