// SPDX-License-Identifier: MIT
// A subscriber of a scenario, in a worker. Its name as a handler is "KIND/REPLAYER/SUBSCRIBER".
// Each call is told to the replayer before anything else is done, and the replayer answers what
// this call has to do; that is the settings file of a handler, read when it is needed.
#include "errortext.h"
#include "message.h"

#include <fanfare/sdk/handlerplugin.h>

#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QSocketNotifier>

#include <coroutine>
#include <stdexcept>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Conformance;

namespace {

/// One call of a handler, and the connection on which the replayer leads it.
class Conversation
{
public:
    Conversation(const QByteArray &replayer, const QString &subscriber, const Context &context);
    ~Conversation() { close(m_socket); }
    Q_DISABLE_COPY_MOVE(Conversation)

    int socket() const { return m_socket; }
    bool hasToWait() const { return m_part[u"waits"_s].toBool(); }
    void waitForGate(); ///< [blocks]
    QCborValue finish(const Context &context) const;

private:
    void receive(Message &message);

    const int m_socket;
    Message m_part;
};

/// `co_await Readable(socket)` suspends until the socket has something to read.
class Readable
{
public:
    explicit Readable(int socket)
        : m_socket(socket)
    {
    }
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) const
    {
        auto *const notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read);
        QObject::connect(notifier, &QSocketNotifier::activated, notifier, [notifier, coroutine] {
            notifier->setEnabled(false);
            notifier->deleteLater();
            coroutine.resume();
        });
    }
    void await_resume() const { }

private:
    const int m_socket;
};

} // namespace

Conversation::Conversation(const QByteArray &replayer, const QString &subscriber,
                           const Context &context)
    : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const sockaddr_un address = abstractAddress(replayer);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("the replayer does not answer");
    const Arguments &arguments = context.arguments();
    const Message call{{u"subscriber"_s, subscriber},
                       {u"emission"_s, context.emissionId()},
                       {u"task"_s, context.taskIndex()},
                       {u"args"_s, arguments.positional.toJsonArray().toVariantList()},
                       {u"named"_s, arguments.named.toJsonObject().toVariantMap()}};
    if (!sendMessage(m_socket, call))
        throw std::runtime_error("the replayer does not listen");
    receive(m_part);
}

void Conversation::receive(Message &message)
{
    if (!receiveMessage(m_socket, message))
        throw std::runtime_error("the replayer is gone");
}

void Conversation::waitForGate()
{
    Message opened;
    receive(opened);
}

QCborValue Conversation::finish(const Context &context) const
{
    const QString kind = m_part[u"kind"_s].toString();
    if (kind == u"return"_s)
        return QCborValue::fromJsonValue(QJsonValue::fromVariant(m_part[u"value"_s]));
    if (kind == u"echo"_s) {
        const Arguments &arguments = context.arguments();
        return QCborMap{{u"args"_s, arguments.positional}, {u"named"_s, arguments.named}};
    }
    if (kind == u"throw"_s)
        throw std::runtime_error(thrownText(m_part[u"message"_s].toString()));
    return {};
}

namespace {

class RemoteActor final : public Handler
{
public:
    RemoteActor(QByteArray replayer, QString subscriber)
        : m_replayer(std::move(replayer))
        , m_subscriber(std::move(subscriber))
    {
    }

    QCborValue run(Context &context) override
    {
        Conversation conversation(m_replayer, m_subscriber, context);
        if (conversation.hasToWait())
            conversation.waitForGate();
        return conversation.finish(context);
    }

private:
    const QByteArray m_replayer;
    const QString m_subscriber;
};

class AsyncRemoteActor final : public AsyncHandler
{
public:
    AsyncRemoteActor(QByteArray replayer, QString subscriber)
        : m_replayer(std::move(replayer))
        , m_subscriber(std::move(subscriber))
    {
    }

    QCoro::Task<QCborValue> start(Context &context) override
    {
        Conversation conversation(m_replayer, m_subscriber, context);
        if (conversation.hasToWait()) {
            co_await Readable(conversation.socket());
            conversation.waitForGate();
        }
        co_return conversation.finish(context);
    }

private:
    const QByteArray m_replayer;
    const QString m_subscriber;
};

} // namespace

class RemoteActorPlugin final : public QObject, public HandlerPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "remoteactor.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    QCborArray events() const override { return {}; }
    QCborArray handlers() const override { return {}; }
    Handler *create(const QString &name) override
    {
        const QString replayer = name.section(u'/', 1, 1);
        const QString subscriber = name.section(u'/', 2);
        if (name.startsWith(u"async/"_s))
            return new AsyncRemoteActor(replayer.toLatin1(), subscriber);
        return new RemoteActor(replayer.toLatin1(), subscriber);
    }
};

#include "remoteactor.moc"
