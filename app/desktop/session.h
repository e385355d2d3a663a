// SPDX-License-Identifier: MIT
#pragma once

#include "models/runmodel.h"

#include <fanfare/engine/enginelink.h>
#include <fanfare/executors/emissionrange.h>

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace Fanfare {

/// Starting until its catalog is known; Restarting while it ends in order to start again.
enum class EngineState : quint8 { Starting, Ready, Restarting, Ended };

/// The composition root of the window's data: owns the engine link and the run model, and carries
/// facts from the one into the other. An engine that dies stays dead until startEngine().
///
/// Threads: [gui]. Nothing blocks except the destructor, which ends the engine.
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(EngineOptions options, QObject *parent = nullptr);
    ~Session() override;

    void startEngine(); ///< nothing happens while one is running
    /// Cancels what the engine does, ends it and starts it anew. A handler that does not stop
    /// within a second is killed with it.
    void restartEngine();

    /// Emits now, or as soon as an engine that is starting is ready. refused() says why not.
    /// Returns the number of the command, see commandEnded(); 0 when it was not emitted (yet).
    quint64 emitEvent(const EmitCommand &command);
    void cancelAll();
    void cancel(const EmissionRange &emissions); ///< these only

    void rescanPlugins();                     ///< looks at the plugin folders now
    void tryPluginAgain(const QString &path); ///< whatever the checks said before

    /// Lets a handler that crashed too often run again.
    void liftQuarantine(const QByteArray &hash, const QString &handler);
    /// What holds for \a target from now on; an empty part resets it. refused() says why not.
    void setPolicy(const PolicyTarget &target, const PolicyPart &part);

    /// These take effect at once when the engine is idle, else as soon as it is: changeDelayed().
    void setWorkers(int workers);
    void setExecutor(ExecutorKind executor);    ///< starts an engine that has ended
    void setBroker(const BrokerChoice &broker); ///< of a cluster; as setExecutor()
    void setQueue(quint64 bound, FullPolicy onFull);

    RunModel &model();
    EngineState engineState() const;
    bool isBusy() const; ///< something was asked for and has not ended
    /// Some of \a emissions wait, run or are still to be made, as far as is known here.
    bool isOpen(const EmissionRange &emissions) const;

    /// Emissions a second that all commands ask for together which are being emitted; 0: as many as
    /// possible. Nothing when none is.
    std::optional<double> wantedRate() const;

    int workers() const; ///< 0: one per core
    const EngineOptions &options() const;
    qint64 enginePid() const { return m_link.pid(); } ///< 0 while none runs
    const ClusterFact &cluster() const; ///< of the running engine; empty without a cluster

Q_SIGNALS:
    void engineStateChanged(Fanfare::EngineState state);
    void busyChanged(); ///< see isBusy()
    void engineReady(); ///< it can be emitted to; also after every restart
    void engineDied(const QString &sentence);
    void becameIdle();
    void canceled(); ///< everything that was going on was asked to stop
    void emitted(Fanfare::EmissionId first, const Fanfare::EmitCommand &command);
    void commandEnded(quint64 number); ///< all its emissions are accepted, refused or lost
    void changeDelayed(const QString &sentence);      ///< until the engine is idle
    void stopIgnored(const QString &sentence);        ///< handlers run on after a cancellation
    void refused(const QString &sentence);            ///< an emission, or part of one
    void problemsFound(const QStringList &sentences); ///< with plugin folders; may be empty

    /// The facts themselves, once the model has them: for who keeps the run in a file.
    void factsTaken(const Fanfare::BatchFact &batch);
    void engineEnded(const Fanfare::EngineEndFact &end);

private:
    void setState(EngineState state);
    void setBusy(bool isBusy);
    void takeCatalog(const CatalogFact &catalog);
    void takeBatch(const BatchFact &batch);
    void takeCommand(const CommandFact &command);
    void takeIdle();
    void takeEnd(const EngineEndFact &end);
    void nameEmissions(const TraceBatch &trace);
    void changeOptions(const EngineOptions &options);
    void applyOptionsWhenIdle();
    void restartForPlugins(const CatalogFact &catalog);
    void expectStop(const EmissionRange &emissions);
    void tellOfHanging();

    RunModel m_model;
    EngineLink m_link;
    EngineState m_state = EngineState::Ended;
    QTimer m_patience;     ///< runs while the engine leaves in order to be started anew
    QTimer m_stopPatience; ///< runs after a cancellation while handlers may still react
    std::vector<EmissionRange> m_stopped; ///< what was asked to stop since the engine was idle
    quint64 m_nextEmission = 1;           ///< the link numbers the emissions it accepts, from 1
    QList<EmitCommand> m_waiting;         ///< asked for while the engine was starting
    quint64 m_namedUpTo = 0;              ///< the highest emission the model knows the event of
    struct Emitting
    {
        EmissionRange emissions;
        double rate = 0; ///< a second; 0: as fast as possible
    };

    QHash<quint64, Emitting> m_emitting; ///< commands whose end is not reported, by number
    bool m_isBusy = false;
    bool m_areOptionsNew = false; ///< the engine runs with others, or with an older plugin
};

} // namespace Fanfare
