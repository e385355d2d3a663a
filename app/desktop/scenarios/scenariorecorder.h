// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/quiettime.h"

#include <fanfare/engine/facts.h>

#include <QByteArray>
#include <QJsonArray>
#include <QObject>

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
    explicit ScenarioRecorder(Session &session, QObject *parent = nullptr,
                              QuietTime::Clock clock = &MonotonicClock::now);

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

    QuietTime m_quiet;
    QJsonArray m_emissions;
    bool m_isRecording = false;
};

/// One entry of "emissions" that makes \a command. Arguments that take turns become a "$cycle" of
/// each value, when all have the same fields; else the first ones are written.
QJsonObject scenarioEntry(const EmitCommand &command);

} // namespace Fanfare
