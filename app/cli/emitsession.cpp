// SPDX-License-Identifier: MIT
#include "cli/emitsession.h"

#include "cli/jsonreporter.h"
#include "cli/requestcheck.h"
#include "cli/scenariocommands.h"
#include "cli/textreporter.h"
#include "cli/wording.h"

#include <fanfare/base/clock.h>

#include <unistd.h>

namespace Fanfare::Cli {

using namespace std::chrono_literals;

static constexpr auto grace = 250ms; ///< for canceled handlers to end by themselves

static std::unique_ptr<RunReporter> makeReporter(bool json, Output &output)
{
    if (json)
        return std::make_unique<JsonReporter>(output);
    return std::make_unique<TextReporter>(output);
}

static std::vector<RunReporter *> present(RunReporter *first, RunReporter *second)
{
    return second ? std::vector{first, second} : std::vector{first};
}

EmitSession::EmitSession(const Options &options, EngineOptions engine, EmitSources sources,
                         std::unique_ptr<TraceReporter> trace, Output &output)
    : Session(std::move(engine))
    , m_options(options)
    , m_sources(std::move(sources))
    , m_output(output)
    , m_terminal(STDERR_FILENO)
    , m_bar(m_terminal)
    , m_reporter(makeReporter(options.json, output))
    , m_trace(std::move(trace))
    , m_fold(present(m_reporter.get(), m_trace.get()))
{
    output.setPrepare([this] { m_bar.clear(); });
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &EmitSession::emitNow);
    m_showTimer.setInterval(100ms); // a bar that is drawn more often only flickers
    connect(&m_showTimer, &QTimer::timeout, this, &EmitSession::show);
    // From the start: the first lanes may come before anything is emitted.
    connect(&link(), &EngineLink::batchArrived, this, &EmitSession::apply);
    connect(&link(), &EngineLink::catalogChanged, this,
            [this](const CatalogFact &catalog) { m_fold.setCatalog(catalog); });
}

EmitSession::~EmitSession()
{
    m_output.setPrepare({});
}

void EmitSession::refuse(const QString &sentence)
{
    m_ending = Ending::Refused;
    complain(sentence);
    leave();
}

void EmitSession::begin(const CatalogFact &catalog)
{
    const Result<Request> request = m_sources.steps.empty()
        ? makeRequest(m_options, catalog, m_sources.files)
        : planRequest(m_sources.steps, catalog);
    if (!request) {
        refuse(request.error().message);
        return;
    }
    m_request = *request;
    m_fold.begin(catalog, m_request);
    m_beginning = MonotonicClock::now();
    if (m_trace)
        m_trace->setEnginePid(link().pid());
    if (m_request.tasks() == 0) {
        const QString what =
            m_request.plan.empty() ? m_request.event : u"the events of the plan"_qs;
        complain(u"No handler is linked to %1, so nothing runs; add a plugin that has one."_qs.arg(
            what));
    }
    follow();
    emitNext();
}

/// The steps of a plan and its commands go in pairs.
void EmitSession::emitNext()
{
    const auto pause = m_sources.steps.empty() ? 0ns : m_sources.steps[size_t(m_nextCommand)].pause;
    if (pause > 0ns)
        m_pause.start(std::chrono::ceil<std::chrono::milliseconds>(pause));
    else
        emitNow();
}

/// What waits for its time is not emitted any more.
void EmitSession::endPause()
{
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    m_isCommandOver = true;
    m_isIdle = m_isIdleInPause;
    leaveWhenDone();
}

void EmitSession::emitNow()
{
    m_isIdleInPause = false;
    const Result<quint64> command = link().emitEvent(m_request.command(m_nextCommand++));
    if (command)
        return;
    if (m_nextCommand == 1) {
        refuse(command.error().message);
        return;
    }
    m_commandError = command.error().message;
    m_isCommandOver = true;
}

void EmitSession::follow()
{
    connect(&link(), &EngineLink::commandEnded, this, &EmitSession::endCommand);
    connect(&link(), &EngineLink::idle, this, [this] {
        m_isIdle = m_isCommandOver;
        m_isIdleInPause = true;
        leaveWhenDone();
    });
    if (m_options.timeout)
        QTimer::singleShot(*m_options.timeout, Qt::PreciseTimer, this, &EmitSession::expire);
    if (m_bar.isEnabled())
        m_showTimer.start();
}

void EmitSession::apply(const BatchFact &batch)
{
    if (m_ending == Ending::Deserted)
        return;
    m_running = batch.trace.live.running.size();
    m_fold.apply(batch);
    if (!m_bar.isEnabled())
        show();
    if (m_output.isBroken()) {
        m_ending = Ending::Deserted;
        link().kill();
    }
}

void EmitSession::show()
{
    m_output.flush();
    m_bar.draw(progress());
}

Progress EmitSession::progress() const
{
    const RunSummary &run = m_fold.summary();
    return {run.tasks(), m_request.tasks(), m_running, run.tasks() - run.count(Outcome::Succeeded),
            MonotonicClock::now() - m_beginning};
}

void EmitSession::endCommand(const CommandFact &command)
{
    m_fold.applyCommandEnd(command);
    m_commandError = command.error;
    const bool hasMore = m_nextCommand < m_request.commandCount();
    if (hasMore && m_commandError.isEmpty() && m_ending == Ending::Natural) {
        m_isIdle = false;
        emitNext();
    } else {
        m_isCommandOver = true;
    }
    leaveWhenDone();
}

void EmitSession::leaveWhenDone()
{
    if (m_isCommandOver && m_isIdle)
        leave();
}

void EmitSession::expire()
{
    if (m_isIdle || m_ending != Ending::Natural)
        return;
    m_ending = Ending::Expired;
    m_fold.expire(MonotonicClock::now());
    link().cancelAll();
    endPause();
    QTimer::singleShot(grace, Qt::PreciseTimer, this, [this] {
        if (!m_isIdle)
            link().kill();
    });
}

void EmitSession::interrupt()
{
    if (m_beginning == 0 || m_ending != Ending::Natural) {
        Session::interrupt();
        return;
    }
    m_ending = Ending::Interrupted;
    m_fold.interrupt();
    m_bar.clear();
    complain(u"Canceling all tasks; press Ctrl+C again to kill those that do not stop."_qs);
    link().cancelAll();
    endPause();
}

void EmitSession::complainAbout(const EngineEndFact &end)
{
    if (m_ending == Ending::Expired)
        complain(u"The time of --timeout was over before all tasks had ended."_qs);
    else if (m_ending == Ending::Natural && !end.wasExpected)
        complain(u"The engine died: %1; %2 with it."_qs.arg(
            m_fold.describe(end), counted(quint64(end.lost.size()), u"task"_qs) + u" ended"_qs));
    else if (m_ending == Ending::Natural && !m_commandError.isEmpty())
        complain(u"Not everything was emitted: %1."_qs.arg(m_commandError));
    if (m_fold.droppedSpans() > 0)
        complain(u"The records of %1 were lost, because they came too fast; lower the rate with "
                 u"--rate."_qs.arg(counted(m_fold.droppedSpans(), u"task"_qs)));
    if (m_trace && !m_trace->error().isEmpty())
        complain(m_trace->error());
}

bool EmitSession::isWell(const EngineEndFact &end) const
{
    return end.wasExpected && m_commandError.isEmpty() && m_fold.summary().allSucceeded()
        && m_fold.neverEmitted() == 0 && m_fold.droppedSpans() == 0
        && (!m_trace || m_trace->error().isEmpty());
}

int EmitSession::conclude(const EngineEndFact &end)
{
    m_showTimer.stop();
    m_pause.stop();
    if (m_ending == Ending::Refused)
        return Usage;
    if (m_ending == Ending::Deserted)
        return NotAllSucceeded;
    m_fold.applyEnd(end);
    m_fold.sumUp();
    m_output.flush();
    m_bar.clear();
    complainAbout(end);
    return isWell(end) ? Succeeded : NotAllSucceeded;
}

} // namespace Fanfare::Cli
