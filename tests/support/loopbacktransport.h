// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clustertransport.h>
#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/eventenvelope.h>
#include <fanfare/cluster/hostpresence.h>
#include <fanfare/cluster/taskenvelope.h>

#include <functional>

namespace Fanfare::Test {

/// A broker, and all hosts behind it, that do what a test says: nothing is confirmed, answered or
/// run unless the script says so. A script runs on the thread of the transport, after the call that
/// gave reason to it.
///
/// Threads: [owner], but for post().
class LoopbackTransport final : public ClusterTransport
{
public:
    std::function<void(quint64 number, const TaskEnvelope &task)> onTask;
    std::function<void(ClusterSession agent, const ControlOrder &order)> onOrder;
    std::function<void(const QString &queue)> onInspection;
    bool connectsAtOnce = true;

    ClusterSession app() const { return m_app; }

    // --- of an agent; called at once

    std::function<void(quint64 delivery, Settlement settlement)> onSettled;
    std::function<void(quint64 number, const QList<EventEnvelope> &events)> onEvents;
    QStringList taken;     ///< the queues it takes from
    int prefetch = 0;      ///< and how many at once
    QStringList lookedFor; ///< queues that it was told of

    void deliver(quint64 delivery, const QByteArray &task, int attempt = 1)
    {
        later([this, delivery, attempt, task] { Q_EMIT taskDelivered(delivery, attempt, task); });
    }
    void order(const ControlOrder &given)
    {
        later([this, body = encode(given)] { Q_EMIT controlArrived(body); });
    }
    void keep(quint64 number)
    {
        later([this, number] { Q_EMIT messageAccepted(number); });
    }

    void missApp(ClusterSession app)
    {
        later([this, app] { Q_EMIT appMissing(app); });
    }

    // --- what a script does

    void connectNow()
    {
        later([this] { Q_EMIT statusChanged({BrokerState::Connected}); });
    }
    void loseConnection()
    {
        later([this] {
            Q_EMIT statusChanged({BrokerState::Connecting, QStringLiteral("connection-lost"),
                                  QStringLiteral("The connection was lost.")});
        });
    }
    void accept(quint64 number)
    {
        later([this, number] { Q_EMIT taskAccepted(number); });
    }
    void refuse(quint64 number)
    {
        later([this, number] {
            Q_EMIT taskRefused(number, QStringLiteral("broker-full"),
                               QStringLiteral("It is full."));
        });
    }
    void bounce(quint64 number)
    {
        later([this, number] {
            Q_EMIT taskRefused(number, QStringLiteral("undeliverable"),
                               QStringLiteral("There is no queue."));
        });
    }
    void show(const QString &queue, const QueueState &state)
    {
        later([this, queue, state] { Q_EMIT queueInspected(queue, state); });
    }
    void die(const TaskEnvelope &task, const QString &reason)
    {
        later([this, body = encode(task), reason] { Q_EMIT taskDied(body, reason); });
    }
    void say(const QList<EventEnvelope> &events)
    {
        later([this, body = encode(events)] { Q_EMIT messageArrived(Message::Events, body); });
    }
    void sayBytes(const QByteArray &bytes)
    {
        later([this, bytes] { Q_EMIT messageArrived(Message::Events, bytes); });
    }
    void present(const HostPresence &host)
    {
        later([this, body = encode(host)] { Q_EMIT messageArrived(Message::Presence, body); });
    }
    void missing(ClusterSession agent)
    {
        later([this, agent] { Q_EMIT agentMissing(agent); });
    }

    /// Runs \a script on the thread of the transport. [any]
    void post(std::function<void()> script)
    {
        QMetaObject::invokeMethod(this, std::move(script), Qt::QueuedConnection);
    }

    // --- ClusterTransport

    void open(const ClusterEndpoint &endpoint) override
    {
        m_app = endpoint.session;
        if (connectsAtOnce)
            connectNow();
    }
    void close() override { }
    void publishTask(quint64 number, const QString &, const QByteArray &task,
                     std::chrono::milliseconds) override
    {
        if (onTask)
            post([this, number, read = *decodeTask(task)] { onTask(number, read); });
    }
    void sendControl(ClusterSession agent, const QByteArray &order) override
    {
        if (onOrder)
            post([this, agent, read = *decodeOrder(order)] { onOrder(agent, read); });
    }
    void inspectQueue(const QString &queue) override
    {
        if (onInspection)
            post([this, queue] { onInspection(queue); });
    }
    void lookFor(const QStringList &queues) override { lookedFor += queues; }
    void takeFrom(const QStringList &queues, int count) override
    {
        taken = queues;
        prefetch = count;
    }
    void settle(quint64 delivery, Settlement settlement) override
    {
        if (onSettled)
            onSettled(delivery, settlement);
    }
    void publish(Message kind, ClusterSession, quint64 number, const QByteArray &message) override
    {
        if (kind == Message::Events && onEvents)
            onEvents(number, *decodeEvents(message));
    }

private:
    void later(std::function<void()> tell)
    {
        post([this, tell = std::move(tell)] {
            tell();
            Q_EMIT turnEnded();
        });
    }

    ClusterSession m_app{};
};

} // namespace Fanfare::Test
