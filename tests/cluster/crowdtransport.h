// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/clustertransport.h>
#include <fanfare/cluster/eventenvelope.h>

#include <QTimer>

#include <atomic>
#include <deque>
#include <map>
#include <vector>

/// A broker and many hosts with four workers each, played in real time: they are present every two
/// seconds, answer pings, ask for tasks that start once, run each for a while and tell of its end.
/// What it costs is nearly all on the side of the app, which is what it is there to measure.
///
/// Threads: [owner].
class CrowdTransport final : public Fanfare::ClusterTransport
{
    Q_OBJECT

public:
    static constexpr int workersPerHost = 4;

    /// Tasks of \a plugin, of the build with \a hash, take \a length.
    CrowdTransport(int hosts, std::chrono::nanoseconds length, const QByteArray &hash);

    /// How often every host has told that it is there; a round takes two seconds. [any]
    int rounds() const { return m_rounds; }
    void waitForRound(int round) const; ///< until that many are over [any, blocks]

    void open(const Fanfare::ClusterEndpoint &endpoint) override;
    void close() override;
    void publishTask(quint64 number, const QString &queue, const QByteArray &task,
                     std::chrono::milliseconds startWithin) override;
    void sendControl(Fanfare::ClusterSession agent, const QByteArray &order) override;
    void inspectQueue(const QString &) override { }
    void takeFrom(const QStringList &, int) override { }
    void lookFor(const QStringList &) override { }
    void settle(quint64, Fanfare::Settlement) override { }
    void publish(Message, Fanfare::ClusterSession, quint64, const QByteArray &) override { }

private:
    void turn();
    void tellPresence();
    void endRound();
    void askFor(quint64 number);
    void tell(Fanfare::ClusterSession agent, Fanfare::EventKind kind, quint64 number);

    const qint64 m_length; // ns
    std::vector<QByteArray> m_presences;
    std::vector<quint64> m_counters; // of events, by host
    std::vector<int> m_free;         // hosts, one entry for each free worker
    std::deque<quint64> m_waiting;   // tasks at the broker
    std::vector<quint64> m_accepted; // to be confirmed
    std::vector<QByteArray> m_answers;
    std::vector<std::pair<int, quint64>> m_granted;                // host and task
    std::map<qint64, std::vector<std::pair<int, quint64>>> m_ends; // by the time they are due
    std::map<int, QList<Fanfare::EventEnvelope>> m_events;         // by host
    Fanfare::ClusterSession m_app{};
    QTimer m_turn;
    size_t m_nextPresence = 0;
    std::atomic<int> m_rounds = 0;
    qint64 m_presenceDue = 0; // ns
};
