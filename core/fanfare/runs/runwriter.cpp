// SPDX-License-Identifier: MIT
#include "fanfare/runs/runwriter.h"

#include "fanfare/runs/spancoding.h"

#include <fanfare/ipc/tracecodec.h>

#include <QCborValue>
#include <QIODevice>

#include <algorithm>
#include <utility>

namespace Fanfare {

RunWriter::RunWriter(QIODevice &device, RunInfo info)
    : m_device(device)
{
    m_index.info = std::move(info);
    write(QByteArray(RunFormat::magic, RunFormat::magicSize));
    writeBlock(RunBlockKind::Info, m_index.info.toCbor().toCborValue().toCbor());
}

void RunWriter::write(const QByteArray &bytes)
{
    if (m_isBroken)
        return;
    m_isBroken = m_device.write(bytes) != bytes.size();
    m_size += quint64(bytes.size());
}

void RunWriter::writeBlock(RunBlockKind kind, const QByteArray &payload)
{
    write(RunFormat::block(kind, m_blocks, payload));
    ++m_blocks;
}

void RunWriter::setNames(const RunNames &names)
{
    if (names == m_names)
        return;
    writeSpans(); // they are told by the names so far
    m_names = names;
    writeBlock(RunBlockKind::Names, names.toCbor().toCborValue().toCbor());
}

void RunWriter::note(const SpanRecord &span)
{
    const bool isFirst = m_index.tasks() == 0;
    m_index.first = isFirst ? span.queued : std::min(m_index.first, span.queued);
    m_index.last = isFirst ? span.finished : std::max(m_index.last, span.finished);
    ++m_index.outcomes[static_cast<size_t>(span.outcome)];
}

void RunWriter::writeFacts(const TraceBatch &batch)
{
    TraceBatch rest;
    rest.lanes = batch.lanes;
    rest.laneEvents = batch.laneEvents;
    rest.details = batch.details;
    rest.log = batch.log;
    rest.droppedSpans = batch.droppedSpans;
    rest.droppedLines = batch.droppedLines;
    if (rest.isEmpty())
        return;
    TraceEncoder encoder(rest);
    while (!encoder.isFinished())
        writeBlock(RunBlockKind::Facts, encoder.encode());
}

void RunWriter::add(const TraceBatch &batch)
{
    writeFacts(batch);
    m_index.droppedSpans += batch.droppedSpans;
    removeFinished(m_unfinished, batch.spans);
    if (batch.live.time > 0) {
        m_unfinished = unfinishedIn(batch.live);
        m_sampled = batch.live.time;
    }
    for (const SpanRecord &span : batch.spans) {
        note(span);
        m_spans.push_back(span);
        if (m_spans.size() == SpanCoding::maximumSpans)
            writeSpans();
    }
}

void RunWriter::writeSpans()
{
    if (m_spans.empty())
        return;
    RunChunk chunk{.offset = qint64(m_size),
                   .spans = quint32(m_spans.size()),
                   .first = m_spans.front().queued,
                   .last = m_spans.front().finished};
    for (const SpanRecord &span : m_spans) {
        chunk.first = std::min(chunk.first, span.queued);
        chunk.last = std::max(chunk.last, span.finished);
    }
    m_index.chunks.push_back(chunk);
    writeBlock(RunBlockKind::Spans, SpanCoding::encode(m_spans));
    m_spans.clear();
}

void RunWriter::writeUnfinished()
{
    static constexpr qint64 pause = 500'000'000; // ns
    if (m_sampled < m_unfinishedDue || areSameTasks(m_unfinished, m_writtenUnfinished))
        return;
    m_unfinishedDue = m_sampled + pause;
    m_writtenUnfinished = m_unfinished;
    writeBlock(RunBlockKind::Unfinished, encodeUnfinished(m_unfinished));
}

void RunWriter::flush()
{
    writeSpans();
    writeUnfinished();
}

void RunWriter::endUnfinished(const QString &reason)
{
    TraceBatch batch;
    batch.spans = std::exchange(m_unfinished, {}).spans;
    batch.details = reasonsFor(batch.spans, reason);
    add(batch);
}

bool RunWriter::finish(quint64 emissions)
{
    writeSpans();
    m_index.emissions = emissions;
    const quint64 offset = m_size;
    writeBlock(RunBlockKind::End, m_index.toCbor().toCborValue().toCbor());
    write(RunFormat::trailer(offset));
    return !m_isBroken;
}

} // namespace Fanfare
