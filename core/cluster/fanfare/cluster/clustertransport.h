// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/brokeraddress.h>
#include <fanfare/cluster/clusterids.h>

#include <QObject>
#include <QStringList>

#include <chrono>

namespace Fanfare {

/// How a program stands with its broker.
enum class BrokerState : quint8 {
    Closed,
    Connecting, ///< for the first time, or again
    Connected,
};

struct BrokerStatus
{
    BrokerState state = BrokerState::Closed;
    QString code;     ///< of a problem, stable: "no-broker", "refused-login" ...; else empty
    QString sentence; ///< what is wrong and what to do; empty when connected
    bool isPermanent = false; ///< trying again will not help until somebody changes something
    bool isBlocked = false;   ///< connected, but the broker takes nothing: no memory or no disk

    bool operator==(const BrokerStatus &other) const = default;
};

/// What becomes of a task that was delivered.
enum class Settlement : quint8 {
    Done,       ///< the broker forgets it
    DeadLetter, ///< goes to the list of dead tasks
    Requeue,    ///< goes to another agent, and counts as one more delivery
};

enum class ClusterRole : quint8 { App, Agent };

/// A queue of tasks, as the broker sees it.
struct QueueState
{
    bool wasMissing = false; ///< it is a new one: what was in the former one is lost
    quint64 waiting = 0;     ///< tasks that no agent has taken
    quint64 consumers = 0;   ///< agents that take from it
};

/// Who a program is in a cluster.
struct ClusterEndpoint
{
    BrokerAddress address;
    ClusterRole role = ClusterRole::App;
    ClusterSession session{};
    QString name; ///< to be shown by the tools of the broker
};

/// The way to the message broker, with nothing of a broker in it. It connects, and after a loss
/// connects again by itself; what was not confirmed before a loss the user publishes again, and
/// what was delivered before it must not be settled any more.
///
/// No signal but statusChanged() of open() and close() is sent from inside of a function.
///
/// Threads: [owner], an event loop is needed; it may be blocked for some seconds while it connects.
class ClusterTransport : public QObject
{
    Q_OBJECT

public:
    explicit ClusterTransport(QObject *parent = nullptr);
    ~ClusterTransport() override;

    virtual void open(const ClusterEndpoint &endpoint) = 0; ///< once
    virtual void close() = 0;                               ///< sends what is on its way out first

    /// For an app: puts a task, see TaskEnvelope, into \a queue, where it may wait \a startWithin,
    /// 0 for any time. taskAccepted() or taskRefused() with \a number follows, or a loss.
    virtual void publishTask(quint64 number, const QString &queue, const QByteArray &task,
                             std::chrono::milliseconds startWithin) = 0;

    /// For an app: an order to \a agent, or to all when it is 0. Lost when nobody is there, which
    /// is told by agentMissing().
    virtual void sendControl(ClusterSession agent, const QByteArray &order) = 0;

    /// For an app: looks at \a queue, and makes it again when it is missing. queueInspected()
    /// follows, or a loss.
    virtual void inspectQueue(const QString &queue) = 0;

    /// For an agent: takes tasks out of \a queues, and has at most \a prefetch that are not
    /// settled. Called again when either changes. Those that do not exist it looks for every few
    /// minutes, as brokers write down each look in vain, and when lookFor() names them.
    virtual void takeFrom(const QStringList &queues, int prefetch) = 0;
    virtual void lookFor(const QStringList &queues) = 0; ///< for an agent: they exist now

    /// What is done is told to the broker together, with the next turn or by flush().
    virtual void settle(quint64 delivery, Settlement settlement) = 0;
    virtual void flush() { } ///< tells the broker what was settled until now

    enum class Message : quint8 { Events, Clock, Presence };

    /// For an agent: tells \a app something, or everybody when it is 0. With a \a number other than
    /// 0 the broker keeps it, and messageAccepted() follows, or a loss; else it may get lost.
    virtual void publish(Message kind, ClusterSession app, quint64 number,
                         const QByteArray &message) = 0;

Q_SIGNALS:
    void statusChanged(const Fanfare::BrokerStatus &status);

    void taskAccepted(quint64 number);
    /// \a code is stable: "broker-full", "undeliverable", or that of a BrokerStatus.
    void taskRefused(quint64 number, const QString &code, const QString &sentence);
    void queueInspected(const QString &queue, const Fanfare::QueueState &state);
    void messageAccepted(quint64 number);
    void messageRefused(quint64 number); ///< there is no room for it now
    void agentMissing(Fanfare::ClusterSession agent);
    void appMissing(Fanfare::ClusterSession app); ///< what an agent told it reached nobody

    /// The bytes of what arrives belong to the transport and are gone when the signal was handled.
    /// An agent may settle \a delivery until the connection is lost. \a attempt counts from 1.
    void taskDelivered(quint64 delivery, int attempt, const QByteArray &task);
    void controlArrived(const QByteArray &order);
    void messageArrived(Fanfare::ClusterTransport::Message kind, const QByteArray &message);
    /// The broker gave a task up; \a reason is its word: "delivery_limit", "expired", "rejected".
    void taskDied(const QByteArray &task, const QString &reason);

    /// Follows a group of the other signals: the time to act on them together.
    void turnEnded();
};

} // namespace Fanfare
