// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/clock.h>
#include <fanfare/engine/facts.h>

#include <QByteArray>
#include <QJsonArray>
#include <QObject>

#include <functional>

namespace Fanfare {

class Session;

/// Writes down what is emitted in the window, as a scenario that plays it again: in the same order,
/// with the pauses in which nothing was being emitted.
///
/// Threads: [gui].
class ScenarioRecorder final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<qint64()>; ///< MonotonicClock nanoseconds

    explicit ScenarioRecorder(Session &session, QObject *parent = nullptr,
                              Clock clock = &MonotonicClock::now);

    void start(); ///< forgets what was recorded before
    void stop();
    bool isRecording() const { return m_isRecording; }
    int count() const { return int(m_emissions.size()); } ///< entries so far

    /// The scenario as indented JSON, see Scenario.
    QByteArray json(const QString &name) const;

Q_SIGNALS:
    void recorded(int count); ///< entries so far

private:
    void take(EmissionId first, const EmitCommand &command);

    void takeEnd();

    const Clock m_clock;
    QJsonArray m_emissions;
    qint64 m_quietSince = 0; ///< when the last command was accepted
    int m_open = 0;          ///< commands that are not accepted yet
    bool m_isRecording = false;
};

/// One entry of "emissions" that makes \a command. Arguments that take turns become a "$cycle" of
/// each value, when all have the same fields; else the first ones are written.
QJsonObject scenarioEntry(const EmitCommand &command);

} // namespace Fanfare
