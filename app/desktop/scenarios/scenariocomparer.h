// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundseries.h>

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace Fanfare {

/// Plays a scenario on threads and on processes in turn (ABBA, so that what drifts hits both
/// alike), each round in an engine of its own, beside the one of the window.
///
/// Threads: [owner], an event loop is needed. It writes the run files, so the window gives it a
/// thread of its own.
class ScenarioComparer final : public QObject
{
    Q_OBJECT

public:
    explicit ScenarioComparer(QObject *parent = nullptr);
    ~ScenarioComparer() override;

    /// Plays \a scenario \a repeat times on each; run files go into \a folder. \a engine is what
    /// all rounds share. finished(), refused() or, after cancel(), nothing follows. Nothing happens
    /// while it plays.
    void compare(const Scenario &scenario, const EngineOptions &engine, const QString &folder,
                 int repeat);
    void cancel();
    bool isPlaying() const { return m_series != nullptr; }

Q_SIGNALS:
    void progressed(double share, const QString &sentence);
    void finished(const QStringList &threads, const QStringList &processes); ///< run files
    void refused(const QString &sentence);

private:
    void takeRound(const RoundEnd &end);
    void finish();
    void tell();

    QString m_problem;                     ///< of a round that could not begin, or was not kept
    std::unique_ptr<RoundSeries> m_series; ///< null while nothing plays
    QTimer m_tellTimer;
};

} // namespace Fanfare
