// SPDX-License-Identifier: MIT
// The subscribers of a scenario, in a worker: whoever sits on a seat, see seats.h. Each call is
// told to the replayer before anything else is done, and the replayer answers what this call has to
// do; that is the settings file of a handler, read when it is needed.
#include "errortext.h"
#include "message.h"
#include "seats.h"

#include <fanfare/sdk/handlertable.h>

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
    Conversation(int seat, const Context &context);
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

Conversation::Conversation(int seat, const Context &context)
    : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const sockaddr_un address = abstractAddress(qgetenv(replayerVariable));
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("the replayer does not answer");
    const Arguments &arguments = context.arguments();
    const Message call{{u"seat"_s, seat},
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

static QCborValue play(int seat, Context &context)
{
    Conversation conversation(seat, context);
    if (conversation.hasToWait())
        conversation.waitForGate();
    return conversation.finish(context);
}

static QCoro::Task<QCborValue> playAsync(int seat, Context &context)
{
    Conversation conversation(seat, context);
    if (conversation.hasToWait()) {
        co_await Readable(conversation.socket());
        conversation.waitForGate();
    }
    co_return conversation.finish(context);
}

class RemoteActorPlugin final : public QObject, public HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "remoteactor.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    RemoteActorPlugin()
    {
        for (int seat = 0; seat < seatCount; ++seat) {
            handler(u"sync/%1"_s.arg(seat)).on(u"Play"_s).run([seat](Context &context) {
                return play(seat, context);
            });
            handler(u"async/%1"_s.arg(seat)).on(u"Play"_s).start([seat](Context &context) {
                return playAsync(seat, context);
            });
        }
    }
};

#include "remoteactor.moc"
