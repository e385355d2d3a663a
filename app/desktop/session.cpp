// SPDX-License-Identifier: MIT
#include "session.h"

#include "enginesentence.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Fanfare {

/// Commands kept while an engine starts, which takes milliseconds: more are clicks of a madman.
static constexpr qsizetype maximumWaiting = 1000;

Session::Session(EngineOptions options, QObject *parent)
    : QObject(parent)
    , m_link(std::move(options))
{
    connect(&m_link, &EngineLink::catalogChanged, this, &Session::takeCatalog);
    connect(&m_link, &EngineLink::batchArrived, this, &Session::takeBatch);
    connect(&m_link, &EngineLink::commandEnded, this, &Session::takeCommand);
    connect(&m_link, &EngineLink::clusterChanged, &m_model, &RunModel::setCluster);
    connect(&m_link, &EngineLink::idle, this, &Session::takeIdle);
    connect(&m_link, &EngineLink::ended, this, &Session::takeEnd);
    m_patience.setSingleShot(true);
    m_patience.setInterval(std::chrono::seconds(1));
    connect(&m_patience, &QTimer::timeout, &m_link, &EngineLink::kill);
    m_stopPatience.setSingleShot(true);
    m_stopPatience.setInterval(std::chrono::seconds(2));
    connect(&m_stopPatience, &QTimer::timeout, this, &Session::tellOfHanging);
}

Session::~Session()
{
    m_link.disconnect(this);
}

void Session::startEngine()
{
    if (m_state != EngineState::Ended)
        return;
    m_areOptionsNew = false;
    setState(EngineState::Starting);
    m_link.start();
}

void Session::restartEngine()
{
    if (m_state == EngineState::Ended) {
        startEngine();
    } else if (m_state == EngineState::Ready) {
        setState(EngineState::Restarting);
        m_patience.start();
        m_link.cancelAll();
        m_link.shutdown();
    }
}

quint64 Session::emitEvent(const EmitCommand &command)
{
    if (m_state == EngineState::Ended) {
        Q_EMIT refused(tr("“%1” was not emitted because the engine is not running. Restart the "
                          "engine and emit again.")
                           .arg(command.event));
        return 0;
    }
    if (m_state != EngineState::Ready) {
        if (m_waiting.size() < maximumWaiting)
            m_waiting.append(command);
        return 0;
    }
    const Result<quint64> accepted = m_link.emitEvent(command);
    if (!accepted) {
        Q_EMIT refused(accepted.error().message);
        return 0;
    }
    setBusy(true);
    const EmissionId first{m_nextEmission};
    m_model.setArguments(first, command);
    m_nextEmission += command.count;
    m_emitting.insert(*accepted, {{first, command.count}, command.rate});
    Q_EMIT emitted(first, command);
    return *accepted;
}

void Session::setBusy(bool isBusy)
{
    if (std::exchange(m_isBusy, isBusy) != isBusy)
        Q_EMIT busyChanged();
}

void Session::cancelAll()
{
    m_waiting.clear();
    Q_EMIT canceled();
    if (!m_link.isRunning())
        return;
    m_link.cancelAll();
    expectStop({EmissionId(1), m_nextEmission});
}

void Session::cancel(const EmissionRange &emissions)
{
    m_link.cancel(emissions.first, emissions.count);
    if (m_link.isRunning())
        expectStop(emissions);
}

void Session::expectStop(const EmissionRange &emissions)
{
    if (!m_isBusy)
        return;
    m_stopped.push_back(emissions);
    m_stopPatience.start();
}

/// A handler that looks at its stop token reacts at once; one that does not may never.
void Session::tellOfHanging()
{
    std::vector<OpenTask> hanging;
    std::ranges::copy_if(m_model.live().running, std::back_inserter(hanging),
                         [this](const OpenTask &open) {
                             return std::ranges::any_of(m_stopped, [&](const EmissionRange &range) {
                                 return range.contains(open.task.emission);
                             });
                         });
    if (m_isBusy && m_state == EngineState::Ready && !hanging.empty())
        Q_EMIT stopIgnored(hangSentence(m_model, hanging));
}

void Session::rescanPlugins()
{
    m_link.rescanPlugins();
}

void Session::tryPluginAgain(const QString &path)
{
    m_link.tryPluginAgain(path);
}

void Session::liftQuarantine(const QByteArray &hash, const QString &handler)
{
    m_link.liftQuarantine(hash, handler);
}

void Session::setPolicy(const PolicyTarget &target, const PolicyPart &part)
{
    const Result<void> written = m_link.setPolicy(target, part);
    if (!written)
        Q_EMIT refused(written.error().message);
}

void Session::setWorkers(int workers)
{
    if (workers == m_link.options().workers)
        return;
    EngineOptions changed = m_link.options();
    changed.workers = workers;
    changeOptions(changed);
}

void Session::setExecutor(ExecutorKind executor)
{
    EngineOptions changed = m_link.options();
    changed.executor = executor;
    const bool isNew = executor != m_link.options().executor;
    if (isNew)
        changeOptions(changed);
    if (m_state == EngineState::Ended)
        startEngine();
}

void Session::setQueue(quint64 bound, FullPolicy onFull)
{
    EngineOptions changed = m_link.options();
    if (changed.queueBound == bound && changed.onFull == onFull)
        return;
    changed.queueBound = bound;
    changed.onFull = onFull;
    changeOptions(changed);
}

void Session::setBroker(const BrokerChoice &broker)
{
    EngineOptions changed = m_link.options();
    if (changed.broker == broker)
        return;
    changed.broker = broker;
    if (changed.executor == ExecutorKind::Cluster)
        changeOptions(changed);
    else
        m_link.setOptions(changed); // nobody uses it yet
}

void Session::changeOptions(const EngineOptions &options)
{
    m_link.setOptions(options);
    m_areOptionsNew = true;
    if (m_isBusy && m_state == EngineState::Ready)
        Q_EMIT changeDelayed(tr("The change takes effect when all tasks have ended."));
    applyOptionsWhenIdle();
}

RunModel &Session::model()
{
    return m_model;
}

EngineState Session::engineState() const
{
    return m_state;
}

bool Session::isBusy() const
{
    return m_isBusy;
}

bool Session::isOpen(const EmissionRange &emissions) const
{
    const auto isIn = [&](const OpenTask &open) { return emissions.contains(open.task.emission); };
    const LiveSample &live = m_model.live();
    if (std::ranges::any_of(live.running, isIn) || std::ranges::any_of(live.queued, isIn))
        return true;
    const quint64 last = number(emissions.first) + emissions.count - 1;
    const bool areAllListed = live.queuedCount <= live.queued.size();
    if (!areAllListed && !live.queued.empty() && last > number(live.queued.back().task.emission))
        return true; // the oldest ones are listed
    return std::ranges::any_of(m_emitting, [&](const Emitting &command) {
        const EmissionRange &range = command.emissions;
        return number(range.first) <= last
            && number(emissions.first) < number(range.first) + range.count;
    });
}

std::optional<double> Session::wantedRate() const
{
    if (m_emitting.isEmpty())
        return std::nullopt;
    double sum = 0;
    for (const Emitting &command : m_emitting) {
        if (command.rate <= 0)
            return 0;
        sum += command.rate;
    }
    return sum;
}

int Session::workers() const
{
    return m_link.options().workers;
}

const EngineOptions &Session::options() const
{
    return m_link.options();
}

const ClusterFact &Session::cluster() const
{
    return m_link.cluster();
}

void Session::setState(EngineState state)
{
    m_state = state;
    Q_EMIT engineStateChanged(state);
}

void Session::takeCatalog(const CatalogFact &catalog)
{
    m_model.setCatalog(catalog);
    Q_EMIT problemsFound(catalog.problems);
    restartForPlugins(catalog);
    if (m_state != EngineState::Starting)
        return;
    setState(EngineState::Ready);
    for (const EmitCommand &command : std::exchange(m_waiting, {}))
        emitEvent(command);
    Q_EMIT engineReady();
    applyOptionsWhenIdle();
}

/// Some new builds can only be used by a new engine, see PluginFact::newBuild.
void Session::restartForPlugins(const CatalogFact &catalog)
{
    const auto needsRestart = [](const PluginFact &plugin) {
        return plugin.code == u"restart-needed"
            || (plugin.newBuild && plugin.newBuild->code == u"restart-needed");
    };
    const auto waiting = std::find_if(catalog.plugins.begin(), catalog.plugins.end(), needsRestart);
    if (waiting == catalog.plugins.end() || m_areOptionsNew || m_state != EngineState::Ready)
        return;
    m_areOptionsNew = true;
    if (m_isBusy)
        Q_EMIT changeDelayed(waiting->newBuild ? waiting->newBuild->message : waiting->message);
    applyOptionsWhenIdle();
}

void Session::takeBatch(const BatchFact &batch)
{
    nameEmissions(batch.trace);
    m_model.apply(batch);
    Q_EMIT factsTaken(batch);
}

/// Tells the model which events the emissions in \a trace carried that it has not seen before.
void Session::nameEmissions(const TraceBatch &trace)
{
    quint64 highest = m_namedUpTo;
    for (const SpanRecord &span : trace.spans)
        highest = std::max(highest, number(span.task.emission));
    for (const OpenTask &task : trace.live.running)
        highest = std::max(highest, number(task.task.emission));
    for (const OpenTask &task : trace.live.queued)
        highest = std::max(highest, number(task.task.emission));
    while (m_namedUpTo < highest) {
        const quint64 first = m_namedUpTo + 1;
        const QString event = m_link.eventOf(EmissionId{first});
        do
            ++m_namedUpTo;
        while (m_namedUpTo < highest && m_link.eventOf(EmissionId{m_namedUpTo + 1}) == event);
        m_model.setEventName(EmissionId{first}, m_namedUpTo - first + 1, event);
    }
}

void Session::takeCommand(const CommandFact &command)
{
    m_emitting.remove(command.command);
    if (!command.error.isEmpty() && command.error != canceledError)
        Q_EMIT refused(command.error);
    Q_EMIT commandEnded(command.command);
}

void Session::takeIdle()
{
    setBusy(false);
    m_stopPatience.stop();
    m_stopped.clear();
    Q_EMIT becameIdle();
    applyOptionsWhenIdle();
}

void Session::applyOptionsWhenIdle()
{
    if (m_areOptionsNew && !m_isBusy && m_state == EngineState::Ready)
        restartEngine();
}

void Session::takeEnd(const EngineEndFact &end)
{
    m_patience.stop();
    m_stopPatience.stop();
    m_stopped.clear();
    const QString sentence = endSentence(end, m_model);
    const bool startAgain = m_state == EngineState::Restarting;
    m_model.applyEnd(end);
    m_emitting.clear();
    Q_EMIT engineEnded(end);
    setBusy(false);
    setState(EngineState::Ended);
    if (startAgain) {
        startEngine();
        return;
    }
    m_waiting.clear();
    if (!end.wasExpected)
        Q_EMIT engineDied(sentence);
}

} // namespace Fanfare
