// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/emitplan.h>
#include <fanfare/engine/refusedemissions.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/ipc/pipewriter.h>

#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>
#include <vector>

namespace Fanfare {

/// Emits what commands ask for, at their rates and up to their concurrency, in slices that keep the
/// event loop responsive. What ends makes room for the next at once: a closed loop. A
/// full queue means what EngineOptions::onFull says. While the pipe to the client is congested, or
/// too many ended tasks wait to be reported, nothing is emitted, because every task makes something
/// to be reported.
///
/// Threads: [owner], an event loop is needed.
class EmitScheduler final : public QObject
{
    Q_OBJECT

public:
    struct Queue
    {
        quint64 bound = 0; ///< as the executor has it; 0: none
        FullPolicy policy = FullPolicy::Block;
    };

    /// All references are borrowed.
    EmitScheduler(EventEmitter &emitter, Recorder &recorder, PipeWriter &writer, FlightLog &flight,
                  Queue queue, QObject *parent = nullptr);
    ~EmitScheduler() override;

    /// \a deadline is that of each task; 0: that of its handler.
    void add(quint64 command, EmitMessage message, std::chrono::nanoseconds deadline = {});
    void stopAll(const QString &why); ///< ends all commands; \a why becomes their error
    /// Ends the commands of which all that is not accepted yet lies in \a range.
    void stop(const EmissionRange &range, const QString &why);
    void setReported(quint64 tasks) { m_reported = tasks; } ///< ended ones the client was told of

    bool isEmpty() const { return m_plans.empty() && m_waiting.empty(); }
    quint64 emissions() const { return m_emissions; } ///< accepted
    quint64 tasks() const { return m_tasks; }         ///< accepted
    QueueFact queue() const;
    QList<CommandProgress> progress() const;

Q_SIGNALS:
    void emitted();       ///< once per slice in which something was accepted
    void reportsWanted(); ///< nothing is emitted until more ended tasks are reported
    void commandEnded(const Fanfare::CommandFact &command);

private:
    struct Stop
    {
        EmissionRange range;
        QString why;
    };
    enum class Step { Accepted, Full, Ended };

    void activateWaiting();
    void emitDue();
    bool emitSlice(EmitPlan &plan, qint64 now);
    bool isHeldBack();
    bool isAtBound(const EmitPlan &plan) const;
    void countUntilItEnds(const Emission &emission);
    bool isStopping() const { return !m_stopReason.isEmpty() || !m_stops.empty(); }
    Step emitOne(EmitPlan &plan);
    Result<Emission> tryToEmit(const EmitPlan &plan);
    Step addAccepted(EmitPlan &plan, int tasks);
    Step addRejected(EmitPlan &plan);
    void removeEnded();
    void end(EmitPlan &plan, const QString &error);
    void endAll(const QString &error);
    void endStopped();
    void schedule(qint64 now);
    int waitingTime(qint64 now) const;

    EventEmitter &m_emitter;
    const Queue m_queue;
    RefusedEmissions m_refused;
    PipeWriter &m_writer;
    FlightCommands m_flight;
    std::vector<std::unique_ptr<EmitPlan>> m_plans;
    std::deque<std::unique_ptr<EmitPlan>> m_waiting; // for a place among the plans
    QTimer m_timer;
    quint64 m_emissions = 0;
    quint64 m_tasks = 0;
    quint64 m_reported = 0;
    quint64 m_open = 0;        // emissions of commands with a bound that have not ended
    bool m_isFull = false;     // nothing more is emitted in this turn
    QString m_stopReason;      // set while a slice has to be left
    std::vector<Stop> m_stops; // to be carried out behind the emission that is being accepted
    bool m_isEmitting = false; // an inline executor may run an event loop inside of emit()
};

} // namespace Fanfare
