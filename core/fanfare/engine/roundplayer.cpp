// SPDX-License-Identifier: MIT
#include "fanfare/engine/roundplayer.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/durationwords.h>

#include <QDateTime>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

double RoundProgress::share() const
{
    return expected > 0 ? std::min(1.0, double(finished) / double(expected)) : 0;
}

RoundPlayer::RoundPlayer(EngineOptions engine, RunInfo info, RoundScript script,
                         ScenarioPlanner planner, QString path, QObject *parent)
    : QObject(parent)
    , m_link(std::move(engine))
    , m_info(std::move(info))
    , m_script(std::move(script))
    , m_planner(std::move(planner))
    , m_path(std::move(path))
{
    m_startGuard.setInterval(30s);
    m_leaveGuard.setInterval(5s);
    m_deadline.setInterval(std::chrono::ceil<std::chrono::milliseconds>(m_script.deadline));
    for (QTimer *timer : {&m_startGuard, &m_leaveGuard, &m_deadline})
        timer->setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &RoundPlayer::emitNow);
    connect(&m_startGuard, &QTimer::timeout, this, [this] {
        refuse(u"The engine did not answer within 30 s; try again, without further plugin folders "
               "if it stays so."_s);
        m_link.kill();
    });
    connect(&m_leaveGuard, &QTimer::timeout, &m_link, &EngineLink::kill);
    connect(&m_deadline, &QTimer::timeout, this, &RoundPlayer::stopAtDeadline);
    connect(&m_link, &EngineLink::catalogChanged, this, &RoundPlayer::begin);
    connect(&m_link, &EngineLink::batchArrived, this, &RoundPlayer::take);
    connect(&m_link, &EngineLink::commandEnded, this, &RoundPlayer::takeCommand);
    connect(&m_link, &EngineLink::idle, this, [this] {
        m_isIdle = m_areCommandsOver;
        m_isIdleInPause = true;
        leaveWhenDone();
    });
    connect(&m_link, &EngineLink::ended, this, &RoundPlayer::takeEnd);
}

RoundPlayer::~RoundPlayer()
{
    m_link.disconnect(this);
}

void RoundPlayer::start()
{
    m_startGuard.start();
    m_link.start();
}

void RoundPlayer::cancel()
{
    if (!m_recorder || m_end.wasCanceled)
        m_link.kill();
    else
        m_link.cancelAll();
    m_end.wasCanceled = true;
    m_isStopping = true;
    endPause();
}

/// What waits for its time is not emitted any more.
void RoundPlayer::endPause()
{
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    m_areCommandsOver = true;
    m_isIdle = m_isIdleInPause;
    leaveWhenDone();
}

void RoundPlayer::refuse(const QString &sentence)
{
    m_end.refusal = sentence;
    leave();
}

/// The first catalog counts; later ones tell of plugins that change while it plays.
void RoundPlayer::begin(const CatalogFact &catalog)
{
    if (m_recorder || !m_end.refusal.isEmpty())
        return;
    m_startGuard.stop();
    m_info.begin = MonotonicClock::now();
    m_info.beginUtc = QDateTime::currentMSecsSinceEpoch();
    m_info.environment = currentEnvironment();
    Result<ScenarioPlan> plan = m_planner(m_script.steps, catalog);
    if (!plan)
        return refuse(plan.error().message);
    Result<std::unique_ptr<RunRecorder>> recorder = RunRecorder::create(m_path, m_info);
    if (!recorder)
        return refuse(recorder.error().message);
    m_plan = *std::move(plan);
    m_recorder = *std::move(recorder);
    m_end.path = m_path;
    m_recorder->setNames(namesOf(catalog));
    m_recorder->watchProcesses(m_link.pid());
    m_recorder->add(m_early);
    if (m_script.deadline > 0ns)
        m_deadline.start();
    emitNext();
}

void RoundPlayer::emitNext()
{
    const auto pause = m_script.steps.at(m_next).pause; // steps and commands go in pairs
    if (pause > 0ns)
        m_pause.start(std::chrono::ceil<std::chrono::milliseconds>(pause));
    else
        emitNow();
}

void RoundPlayer::emitNow()
{
    m_isIdleInPause = false;
    const Result<quint64> command = m_link.emitEvent(m_plan.commands[m_next++]);
    if (command)
        return;
    m_end.trouble = command.error().message; // the engine has just died: its end follows
    m_areCommandsOver = true;
    leave();
}

void RoundPlayer::takeCommand(const CommandFact &command)
{
    m_emissions += command.emissions;
    if (!command.error.isEmpty() && !m_isStopping) // else it is ended for a reason that is known
        m_end.trouble = command.error;
    if (m_next < m_plan.commands.size() && command.error.isEmpty() && !m_isStopping) {
        m_isIdle = false;
        emitNext();
        return;
    }
    m_areCommandsOver = true;
    leaveWhenDone();
}

void RoundPlayer::stopAtDeadline()
{
    m_isStopping = true;
    m_end.trouble =
        u"The deadline of the scenario, %1, passed: what had not finished was canceled."_s.arg(
            durationWords(double(m_script.deadline.count())));
    m_link.cancelAll();
    endPause();
}

void RoundPlayer::leave()
{
    m_deadline.stop();
    if (m_recorder)
        m_recorder->lookAtProcesses(); // there are none soon
    if (!m_leaveGuard.isActive())
        m_leaveGuard.start();
    m_link.shutdown();
}

void RoundPlayer::leaveWhenDone()
{
    if (m_areCommandsOver && m_isIdle)
        leave();
}

void RoundPlayer::take(const BatchFact &batch)
{
    const TraceBatch &trace = batch.trace;
    m_running = trace.live.running.size();
    if (m_recorder) {
        m_recorder->add(trace);
        return;
    }
    m_early.lanes.insert(m_early.lanes.end(), trace.lanes.begin(), trace.lanes.end());
    m_early.laneEvents.insert(m_early.laneEvents.end(), trace.laneEvents.begin(),
                              trace.laneEvents.end());
}

RoundProgress RoundPlayer::progress() const
{
    if (!m_recorder)
        return {};
    const RunIndex &index = m_recorder->index();
    return {.finished = index.tasks(),
            .expected = m_plan.tasks,
            .running = m_running,
            .unsuccessful = index.tasks() - index.outcomes[static_cast<size_t>(Outcome::Succeeded)],
            .elapsed = MonotonicClock::now() - m_info.begin};
}

/// The link says in a whole sentence what it knows, otherwise only how the process ended.
static QString startProblem(const QString &reason)
{
    return reason.endsWith(u'.')
        ? reason
        : u"The engine ended before it could be used (%1); try again, without further plugin "
          "folders if it stays so."_s.arg(reason);
}

void RoundPlayer::takeEnd(const EngineEndFact &end)
{
    for (QTimer *timer : {&m_startGuard, &m_leaveGuard, &m_deadline, &m_pause})
        timer->stop();
    if (m_recorder)
        keepEnd(end);
    else if (m_end.refusal.isEmpty() && !m_end.wasCanceled)
        m_end.refusal = startProblem(end.reason);
    Q_EMIT ended();
}

void RoundPlayer::keepEnd(const EngineEndFact &end)
{
    const std::vector<OpenTask> lost(end.lost.begin(), end.lost.end());
    m_recorder->addLost(lost, culpritTasks(end), MonotonicClock::now(), end.reason);
    if (!end.wasExpected && !m_end.wasCanceled) {
        m_end.trouble =
            u"The engine died (%1) and %2 tasks with it."_s.arg(end.reason).arg(end.lost.size());
    }
    m_recorder->finish(m_emissions);
    m_end.unkept = m_recorder->problem();
    m_end.index = m_recorder->index();
}

} // namespace Fanfare
