// SPDX-License-Identifier: MIT
#include "fanfare/runs/runreader.h"

#include "fanfare/runs/runlock.h"
#include "fanfare/runs/spancoding.h"

#include <algorithm>
#include <utility>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunReader::RunReader(const QString &path)
    : m_file(std::make_unique<QFile>(path))
    , m_blocks(std::make_unique<RunBlockReader>(*m_file))
{
}

Result<RunReader> RunReader::open(const QString &path)
{
    RunReader reader(path);
    if (!reader.m_file->exists())
        return Error{ErrorCode::NotFound, u"There is no file %1."_s.arg(path)};
    if (!reader.m_file->open(QIODevice::ReadOnly)) {
        return Error{
            ErrorCode::Unreadable,
            u"%1 cannot be read: %2. Check its rights."_s.arg(path, reader.m_file->errorString())};
    }
    if (const Result<void> head = reader.readHead(); !head)
        return Error{head.error().code, u"%1: %2"_s.arg(path, head.error().message)};
    return reader;
}

Result<void> RunReader::readHead()
{
    const Result<std::optional<RunBlock>> block = m_blocks->next();
    if (!block)
        return block.error();
    if (!*block || (*block)->kind != RunBlockKind::Info)
        return Error{ErrorCode::Protocol, u"This run file was torn off before it began."_s};
    Result<RunInfo> info = readRunInfo((*block)->payload);
    if (!info)
        return info.error();
    m_info = *std::move(info);

    readIndex();
    return {};
}

void RunReader::readIndex()
{
    const std::optional<RunBlock> end = m_blocks->end();
    if (!end)
        return;
    if (Result<RunIndex> index = readRunIndex(end->payload))
        m_index = *std::move(index);
}

/// A batch of facts as it was written: whatever else it holds was not written by us.
static Result<void> takeFacts(const QByteArray &payload, TraceBatch &batch, TraceWords words)
{
    TraceBatch facts;
    if (const Result<void> decoded = decodeTrace(payload, facts, words); !decoded)
        return decoded;
    batch.lanes.insert(batch.lanes.end(), facts.lanes.begin(), facts.lanes.end());
    batch.laneEvents.insert(batch.laneEvents.end(), facts.laneEvents.begin(),
                            facts.laneEvents.end());
    batch.details.insert(batch.details.end(), facts.details.begin(), facts.details.end());
    batch.log.insert(batch.log.end(), facts.log.begin(), facts.log.end());
    batch.droppedSpans += facts.droppedSpans;
    batch.droppedLines += facts.droppedLines;
    return {};
}

/// Whether \a span can be a task's: its times are in order and leave room to calculate with.
static bool isPossible(const SpanRecord &span)
{
    static constexpr qint64 mostTime = qint64(1) << 61; // ns, 73 years
    return number(span.task.emission) > 0 && int(span.outcome) < outcomeCount
        && span.queued >= -mostTime && span.queued <= span.started && span.started <= span.finished
        && span.finished <= mostTime && span.cpu >= -1 && span.cpu <= mostTime;
}

static Result<void> takeSpans(const QByteArray &payload, TraceBatch &batch)
{
    const size_t before = batch.spans.size();
    if (Result<void> decoded = SpanCoding::decode(payload, batch.spans); !decoded)
        return decoded;
    const auto added = batch.spans.begin() + qptrdiff(before);
    if (std::all_of(added, batch.spans.end(), &isPossible))
        return {};
    batch.spans.resize(before);
    return Error{ErrorCode::Protocol, u"it holds tasks that no run can have had"_s};
}

Result<void> RunReader::take(const RunBlock &block, TraceBatch &batch)
{
    switch (block.kind) {
    case RunBlockKind::Spans: {
        const size_t before = batch.spans.size();
        const Result<void> taken = takeSpans(block.payload, batch);
        if (!m_index)
            removeFinished(m_unfinished, std::span(batch.spans).subspan(before));
        return taken;
    }
    case RunBlockKind::Unfinished: {
        Result<UnfinishedTasks> tasks = decodeUnfinished(block.payload);
        if (!tasks)
            return tasks.error();
        if (!std::ranges::all_of(tasks->spans, &isPossible))
            return Error{ErrorCode::Protocol, u"it holds open tasks that no run can have had"_s};
        m_unfinished = *std::move(tasks);
        return {};
    }
    case RunBlockKind::Facts:
        return takeFacts(block.payload, batch, m_words);
    case RunBlockKind::Names: {
        Result<RunNames> names = readRunNames(block.payload);
        if (!names)
            return names.error();
        m_names = *std::move(names);
        return {};
    }
    case RunBlockKind::Info:
    case RunBlockKind::End:
        break;
    }
    return {};
}

/// What was open when a run was torn off, which nobody records: how it ended will not be said.
bool RunReader::readUnfinished(TraceBatch &batch)
{
    const UnfinishedTasks tasks = std::exchange(m_unfinished, {});
    if (m_index || tasks.count() == 0)
        return false;
    m_unfinishedCount = tasks.count();
    const std::vector<TaskDetail> details = reasonsFor(tasks.spans, u"record-ended"_s);
    batch.spans.insert(batch.spans.end(), tasks.spans.begin(), tasks.spans.end());
    batch.details.insert(batch.details.end(), details.begin(), details.end());
    return true;
}

bool RunReader::read(TraceBatch &batch)
{
    const bool goesOn = !m_index && isRecorded(m_file->fileName()); // before the last look
    return readBlock(batch) || (!goesOn && readUnfinished(batch));
}

bool RunReader::readBlock(TraceBatch &batch)
{
    if (m_isAtEnd)
        return false;
    const qint64 position = m_blocks->position();
    const Result<std::optional<RunBlock>> block = m_blocks->next();
    m_isAtEnd = !block || !*block;
    if (!block)
        m_damage = block.error().message;
    if (block && !*block && !m_index)
        readIndex(); // the run may have ended since it was opened
    if (m_isAtEnd)
        return false;
    if (const Result<void> taken = take(**block, batch); !taken) {
        m_damage =
            u"The run file is damaged at byte %1: %2"_s.arg(position).arg(taken.error().message);
        m_isAtEnd = true;
        m_isBroken = true;
    }
    return !m_isAtEnd;
}

void RunReader::lookAgain()
{
    if (m_isBroken)
        return;
    m_isAtEnd = false;
    m_damage.clear();
}

double RunReader::progress() const
{
    const qint64 size = m_file->size();
    return size > 0 ? double(m_file->pos()) / double(size) : 1;
}

} // namespace Fanfare
