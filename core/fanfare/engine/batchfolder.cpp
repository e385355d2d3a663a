// SPDX-License-Identifier: MIT
#include "fanfare/engine/batchfolder.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/tracecodec.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Fanfare {

Result<void> BatchFolder::addProgress(const QByteArray &payload)
{
    const auto progress = decode<ProgressMessage>(payload);
    if (!progress)
        return progress.error();
    m_counters = progress->counters;
    for (const CommandProgress &command : progress->commands)
        m_account.setAccepted(command.command, command.accepted, progress->time);
    return {};
}

Result<void> BatchFolder::addPart(const QByteArray &payload)
{
    TraceBatch &trace = m_batch.trace;
    const size_t spans = trace.spans.size();
    const size_t lines = trace.log.size();
    m_hasPart = true;
    if (auto decoded = decodeTrace(payload, trace); !decoded)
        return decoded;
    m_account.setFinished(trace.spans, spans);
    addSubscribers(trace.log, lines);
    return {};
}

void BatchFolder::addSubscribers(std::vector<LogLine> &lines, size_t from)
{
    for (size_t i = from; i < lines.size(); ++i) {
        m_lastLine = std::max(m_lastLine, lines[i].time);
        if (number(lines[i].subscriber) == 0 && number(lines[i].task.emission) != 0)
            lines[i].subscriber = m_account.subscriberOf(lines[i].task);
    }
}

void BatchFolder::addLastWords(const FlightLog &flight)
{
    const qint64 time = flight.lastWordsTime.load(std::memory_order_acquire);
    if (time <= m_lastLine)
        return;
    LogLine line;
    line.time = time;
    line.level = LogLevel::Error;
    line.task = {EmissionId(flight.culpritEmission.load()), quint16(flight.culpritIndex.load())};
    const auto &words = flight.lastWords;
    const auto end = std::find(words.begin(), words.end(), '\0');
    line.text = QString::fromUtf8(words.data(), end - words.begin());
    m_batch.trace.log.push_back(std::move(line));
    addSubscribers(m_batch.trace.log, m_batch.trace.log.size() - 1);
    m_hasPart = true;
}

std::optional<BatchFact> BatchFolder::take()
{
    if (!m_hasPart && m_raw.isEmpty())
        return {};
    TraceBatch &trace = m_batch.trace;
    std::vector<LogLine> lines = m_raw.takeLines();
    std::move(lines.begin(), lines.end(), std::back_inserter(trace.log));
    trace.droppedLines += m_raw.takeDropped();
    if (trace.live.time == 0)
        trace.live.time = MonotonicClock::now();
    else
        m_account.setLive(trace.live);
    m_account.closeSettled();
    m_batch.counters = m_counters;
    m_hasPart = false;
    return std::exchange(m_batch, {});
}

} // namespace Fanfare
