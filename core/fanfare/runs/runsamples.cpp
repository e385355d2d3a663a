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

RunSampler::RunSampler(RunInfo info, qint64 warmUp)
    : m_warmUp(warmUp)
{
    m_roundBegin = info.begin;
    m_run.info = std::move(info);
}

RunSampler::Column &RunSampler::columnOf(const SpanRecord &span, const RunNames &names)
{
    if (const auto known = m_known.find(span.subscriber); known != m_known.end())
        return *known->second;
    const auto handler =
        std::ranges::find(names.handlers, span.subscriber, &RunHandler::subscriber);
    HandlerKey key;
    QString version;
    if (handler != names.handlers.end()) {
        key = {handler->plugin, handler->name};
        version = handler->pluginVersion;
    }
    Column &column = m_columns[key];
    column.facts.key = key;
    if (!version.isEmpty() && !column.facts.versions.contains(version))
        column.facts.versions.append(version);
    m_known.emplace(span.subscriber, &column);
    return column;
}

/// The sum, or what is nearest to it: a file may claim centuries for each of its tasks.
static qint64 saturatedSum(qint64 a, qint64 b)
{
    qint64 sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<qint64>::max() : sum;
}

void RunSampler::addSpan(const SpanRecord &span, Column &column)
{
    ++column.facts.outcomes[static_cast<size_t>(span.outcome)];
    if (!m_crashed.empty())
        column.facts.crashes += m_crashed.erase(span.task);
    if (!hasStarted(span))
        return;
    const qint64 sent = span.sentBefore;
    const qint64 reply = span.repliedAfter;
    const qint64 run = span.finished - span.started;
    column.phases[size_t(Phase::Queued)].push_back(span.started - sent - span.queued);
    column.phases[size_t(Phase::Sent)].push_back(sent);
    column.phases[size_t(Phase::Running)].push_back(run);
    column.phases[size_t(Phase::Reply)].push_back(reply);
    column.total.push_back(span.finished + reply - span.queued);
    if (span.cpu >= 0) {
        column.facts.cpu = saturatedSum(column.facts.cpu, span.cpu);
        column.facts.cpuRun = saturatedSum(column.facts.cpuRun, run);
    }
}

void RunSampler::add(const TraceBatch &batch, const RunNames &names)
{
    if (names != m_names) {
        m_names = names;
        m_known.clear();
    }
    m_run.droppedSpans += batch.droppedSpans;
    for (const TaskDetail &detail : batch.details) {
        if (!detail.crash.isEmpty())
            m_crashed.insert(detail.task);
    }
    for (const SpanRecord &span : batch.spans) {
        if (m_warmUp > 0 && span.queued < m_roundBegin + m_warmUp)
            continue;
        m_begin = m_begin < 0 ? span.queued : std::min(m_begin, span.queued);
        m_end = std::max(m_end, span.finished + span.repliedAfter);
        m_run.peakMemory = std::max(m_run.peakMemory, span.peakMemory);
        addSpan(span, columnOf(span, m_names));
    }
}

void RunSampler::endRound()
{
    if (m_begin >= 0)
        m_run.walls.push_back(m_end - m_begin);
    m_begin = -1;
    m_end = 0;
}

void RunSampler::beginRound(qint64 begin)
{
    endRound();
    m_roundBegin = begin;
    m_known.clear(); // the numbers of handlers may be others
}

RunSamples RunSampler::finish()
{
    endRound();
    for (auto &[key, column] : m_columns) {
        HandlerSamples samples = std::move(column.facts);
        for (size_t i = 0; i < column.phases.size(); ++i)
            samples.phases[i] = Sample(std::move(column.phases[i]));
        samples.total = Sample(std::move(column.total));
        m_run.handlers.push_back(std::move(samples));
    }
    return std::move(m_run);
}

} // namespace Fanfare
