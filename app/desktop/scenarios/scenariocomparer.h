// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/roundseries.h>

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

namespace Fanfare {

/// Plays a scenario on some configurations in turn (ABBA, so that what drifts hits all alike), each
/// round in an engine of its own, beside the one of the window.
///
/// Threads: [owner], an event loop is needed. It writes the run files, so the window gives it a
/// thread of its own.
class ScenarioComparer final : public QObject
{
    Q_OBJECT

public:
    explicit ScenarioComparer(QObject *parent = nullptr);
    ~ScenarioComparer() override;

    /// Where it is played, and how often.
    struct Plan
    {
        std::vector<RunConfiguration> sides; ///< workers 0: those of \c engine
        int repeat = 1;                      ///< rounds on each
        EngineOptions engine;                ///< what all rounds share
        QString folder;                      ///< of the run files
    };

    /// Plays \a scenario as \a plan says, which has at least one side. finished(), refused() or,
    /// after cancel(), nothing follows. Nothing happens while it plays.
    void compare(const Scenario &scenario, const Plan &plan);
    void cancel();
    bool isPlaying() const { return m_series != nullptr; }

Q_SIGNALS:
    void progressed(double share, const QString &sentence);
    void finished(const QList<QStringList> &sides); ///< run files, as in the plan
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
