// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QObject>

#include <deque>
#include <thread>

namespace Fanfare {

class Session;

/// The emissions of the scenario file \a path, checked against \a catalog. The error is one
/// sentence. [any], blocks.
Result<QList<EmitCommand>> scenarioCommands(const QString &path, const CatalogFact &catalog);

/// Plays a scenario file: one entry after the other, each as the one before has been accepted.
///
/// Threads: [gui]; files are read by a thread of its own.
class ScenarioPlayer final : public QObject
{
    Q_OBJECT

public:
    explicit ScenarioPlayer(Session &session, QObject *parent = nullptr);
    ~ScenarioPlayer() override;

    void play(const QString &path); ///< instead of what is being played; started() or refused()
    void stop();

Q_SIGNALS:
    void started(const QString &path);
    void refused(const QString &sentence);

private:
    void take(quint64 request, const QString &path, const Result<QList<EmitCommand>> &commands);
    void emitNext();

    Session &m_session;
    std::deque<EmitCommand> m_waiting;
    quint64 m_number = 0;  ///< of the command that runs
    quint64 m_request = 0; ///< what older ones bring is ignored
    std::jthread m_thread;
};

} // namespace Fanfare
