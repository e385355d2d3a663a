// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <thread>

namespace Fanfare {

class Session;

/// Emissions that are made once those before were accepted and a pause is over.
struct TimedCommand
{
    EmitCommand command;
    std::chrono::nanoseconds pause{};
};

/// The emissions of the scenario file \a path, checked against \a catalog. The error is one
/// sentence. [any], blocks.
Result<QList<TimedCommand>> scenarioCommands(const QString &path, const CatalogFact &catalog);

/// Plays a scenario: one entry after the other, each as the one before has been accepted and its
/// pause is over.
///
/// Threads: [gui]; files are read by a thread of its own.
class ScenarioPlayer final : public QObject
{
    Q_OBJECT

public:
    explicit ScenarioPlayer(Session &session, QObject *parent = nullptr);
    ~ScenarioPlayer() override;

    void play(const QString &path); ///< instead of what is being played; started() or refused()
    void playCommands(const QList<TimedCommand> &commands); ///< likewise, without a fact
    bool isPlaying() const { return m_number != 0 || m_pause.isActive(); }
    void stop();

Q_SIGNALS:
    void started(const QString &path);
    void refused(const QString &sentence);

private:
    void take(quint64 request, const QString &path, const Result<QList<TimedCommand>> &commands);
    void playNext();
    void emitNext();

    Session &m_session;
    std::deque<TimedCommand> m_waiting;
    QTimer m_pause;        ///< before the first of them
    quint64 m_number = 0;  ///< of the command that runs
    quint64 m_request = 0; ///< what older ones bring is ignored
    std::jthread m_thread;
};

} // namespace Fanfare
