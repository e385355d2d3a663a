// SPDX-License-Identifier: MIT
#include "fanfare/runs/runsamples.h"

#include "fanfare/runs/summary.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace Fanfare {

quint64 HandlerSamples::tasks() const
{
    return std::accumulate(outcomes.begin(), outcomes.end(), quint64(0));
}

double HandlerSamples::offCpu() const
{
    if (cpuRun <= 0)
        return -1;
    return std::clamp(1 - double(cpu) / double(cpuRun), 0.0, 1.0);
}

quint64 RunSamples::tasks() const
{
    quint64 sum = 0;
    for (const HandlerSamples &handler : handlers)
        sum += handler.tasks();
    return sum;
}

quint64 RunSamples::count(Outcome outcome) const
{
    quint64 sum = 0;
    for (const HandlerSamples &handler : handlers)
        sum += handler.count(outcome);
    return sum;
}

qint64 RunSamples::wall() const
{
    return Sample(walls).quantile(0.5);
}

double RunSamples::throughput() const
{
    const double sum = std::accumulate(walls.begin(), walls.end(), 0.0);
    return sum > 0 ? double(tasks()) * 1e9 / sum : 0;
}

const HandlerSamples *RunSamples::find(const HandlerKey &key) const
{
    const auto found = std::ranges::lower_bound(handlers, key, {}, &HandlerSamples::key);
    return found != handlers.end() && found->key == key ? &*found : nullptr;
}

/// The sum, or what is nearest to it: a file may claim centuries for each of its tasks.
static qint64 saturatedSum(qint64 a, qint64 b)
{
    qint64 sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<qint64>::max() : sum;
}

RunSampler::RunSampler(RunInfo info, qint64 warmUp)
    : m_warmUp(warmUp)
{
    beginRound(info.begin);
    m_run.info = std::move(info);
}

size_t RunSampler::beginRound(qint64 begin)
{
    const bool isWarm = m_warmUp <= 0;
    m_rounds.push_back({.countsFrom = isWarm ? std::numeric_limits<qint64>::min()
                                             : saturatedSum(begin, m_warmUp)});
    return m_rounds.size() - 1;
}

RunSampler::Column &RunSampler::columnOf(const SpanRecord &span, Round &round)
{
    if (const auto known = round.known.find(span.subscriber); known != round.known.end())
        return *known->second;
    const auto handler =
        std::ranges::find(round.names.handlers, span.subscriber, &RunHandler::subscriber);
    HandlerKey key;
    QString version;
    QByteArray build;
    if (handler != round.names.handlers.end()) {
        key = {handler->plugin, handler->name};
        version = handler->pluginVersion;
        build = handler->pluginHash;
    }
    const auto [place, isNew] = m_columns.try_emplace(key);
    Column &column = place->second;
    if (isNew) {
        column.facts.key = key;
        column.number = quint32(m_run.calls.handlers.size());
        m_run.calls.handlers.push_back(key);
    }
    if (!version.isEmpty() && !column.facts.versions.contains(version))
        column.facts.versions.append(version);
    if (!build.isEmpty() && !column.facts.builds.contains(build))
        column.facts.builds.append(build);
    round.known.emplace(span.subscriber, &column);
    return column;
}

/// Beyond mostTimes each task takes the place of another with the chance that leaves all the same
/// chance to stay. Source: J. S. Vitter, ACM Trans. Math. Softw. 11 (1985), algorithm R.
void RunSampler::addTimes(const SpanRecord &span, Column &column)
{
    const std::array<qint64, phaseCount> times{span.started - span.sentBefore - span.queued,
                                               span.sentBefore, span.finished - span.started,
                                               span.repliedAfter};
    const qint64 total = span.finished + span.repliedAfter - span.queued;
    ++column.facts.started;
    if (column.total.size() < mostTimes) {
        for (size_t i = 0; i < times.size(); ++i)
            column.phases[i].push_back(times[i]);
        column.total.push_back(total);
        return;
    }
    const quint64 place = column.random() % column.facts.started;
    if (place >= mostTimes)
        return;
    for (size_t i = 0; i < times.size(); ++i)
        column.phases[i][place] = times[i];
    column.total[place] = total;
}

void RunSampler::addSpan(const SpanRecord &span, Column &column, Round &round)
{
    ++column.facts.outcomes[static_cast<size_t>(span.outcome)];
    if (!round.crashed.empty())
        column.facts.crashes += round.crashed.erase(span.task);
    if (!hasStarted(span))
        return;
    addTimes(span, column);
    if (span.cpu >= 0) {
        column.facts.cpu = saturatedSum(column.facts.cpu, span.cpu);
        column.facts.cpuRun = saturatedSum(column.facts.cpuRun, span.finished - span.started);
    }
}

void RunSampler::noteCall(const SpanRecord &span, const Column &column)
{
    std::vector<HandlerCall> &calls = m_run.calls.calls;
    if (calls.size() < CallLog::mostCalls && hasStarted(span))
        calls.push_back({span.task.emission, span.started, column.number});
}

void RunSampler::add(const TraceBatch &batch, const RunNames &names)
{
    add(batch, names, m_rounds.size() - 1);
}

void RunSampler::add(const TraceBatch &batch, const RunNames &names, size_t number)
{
    Round &round = m_rounds[number];
    if (names != round.names) {
        round.names = names;
        round.known.clear();
    }
    m_run.droppedSpans += batch.droppedSpans;
    for (const TaskDetail &detail : batch.details) {
        if (!detail.crash.isEmpty())
            round.crashed.insert(detail.task);
    }
    if (!m_logged && !batch.spans.empty())
        m_logged = number;
    for (const SpanRecord &span : batch.spans) {
        if (span.queued < round.countsFrom)
            continue;
        ++round.tasks;
        round.first = std::min(round.first, span.queued);
        round.last = std::max(round.last, span.finished + span.repliedAfter);
        m_run.peakMemory = std::max(m_run.peakMemory, span.peakMemory);
        Column &column = columnOf(span, round);
        addSpan(span, column, round);
        if (number == m_logged)
            noteCall(span, column);
    }
}

void RunSampler::addProcesses(const std::vector<ProcessUsage> &processes)
{
    if (processes.empty())
        return;
    if (m_run.usages.empty())
        m_run.processes = processes;
    m_run.usages.push_back(sumOf(processes));
}

HandlerSamples RunSampler::samplesOf(Column column)
{
    HandlerSamples samples = std::move(column.facts);
    for (size_t i = 0; i < column.phases.size(); ++i)
        samples.phases[i] = Sample(std::move(column.phases[i]));
    samples.total = Sample(std::move(column.total));
    return samples;
}

void RunSampler::noteRounds(RunSamples &run) const
{
    for (const Round &round : m_rounds) {
        if (round.tasks == 0)
            continue;
        run.walls.push_back(round.last - round.first);
        run.roundTasks.push_back(round.tasks);
    }
}

RunSamples RunSampler::samples() const
{
    RunSamples run = m_run;
    noteRounds(run);
    for (const auto &[key, column] : m_columns)
        run.handlers.push_back(samplesOf(column));
    return run;
}

RunSamples RunSampler::finish()
{
    noteRounds(m_run);
    for (auto &[key, column] : m_columns)
        m_run.handlers.push_back(samplesOf(std::move(column)));
    return std::move(m_run);
}

} // namespace Fanfare
