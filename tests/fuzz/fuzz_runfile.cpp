// SPDX-License-Identifier: MIT
// Run files: reading, folding into samples, and what their index says.
#include "fuzztarget.h"
#include "memoryfile.h"

#include <core/runs/randomspans.h>

#include <fanfare/runs/runblock.h>
#include <fanfare/runs/runloading.h>
#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runwriter.h>

#include <QBuffer>

#include <vector>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static QByteArray runOf(std::vector<SpanRecord> spans, bool isEnded)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    RunWriter writer(buffer,
                     {.id = u"7b0a2b52-53f5-4d2b-9d64-1a0cbd6f1c4e"_s,
                      .label = u"threads"_s,
                      .executor = u"threads"_s,
                      .workers = 4,
                      .scenario = "{}",
                      .environment = {.host = u"h"_s, .cores = 2}});
    writer.setNames({.handlers = {{SubscriberId(3), u"org.example"_s, u"1.0"_s, {}, u"x"_s}},
                     .events = {{2, u"E"_s}}});
    TraceBatch batch;
    batch.lanes.push_back({LaneId(0), LaneKind::Thread, u"thread 1"_s, 7});
    batch.spans = std::move(spans);
    batch.details.push_back({.task = {EmissionId(1), 0}, .error = {u"e"_s, u"text"_s}});
    batch.log.push_back({.task = {EmissionId(1), 0}, .text = u"line"_s});
    if (!isEnded) {
        batch.live.time = 9'000;
        batch.live.running = {{.task = {EmissionId(999), 0}, .queued = 1, .started = 2}};
        batch.live.queuedCount = 3;
    }
    writer.add(batch);
    writer.flush();
    if (isEnded)
        writer.finish(1);
    return buffer.data();
}

QList<QByteArray> fuzzSeeds()
{
    return {runOf({}, true), runOf(busySpans(40, 1), true), runOf(wildSpans(20, 2), true),
            runOf(busySpans(3, 3), false)};
}

void fuzzOne(const QByteArray &input)
{
    const MemoryFile file(input);
    Result<RunReader> reader = RunReader::open(file.path());
    if (!reader)
        return;
    TraceBatch batch;
    while (reader->read(batch)) { }
    (void)loadRuns({file.path()});
}

/// The blocks of a run file up to its first damage.
static std::vector<RunBlock> blocksOf(const QByteArray &input)
{
    QBuffer buffer;
    buffer.setData(input);
    buffer.open(QIODevice::ReadOnly);
    RunBlockReader reader(buffer);
    std::vector<RunBlock> blocks;
    while (true) {
        Result<std::optional<RunBlock>> block = reader.next();
        if (!block || !*block)
            return blocks;
        blocks.push_back(std::move(**block));
    }
}

QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &random, const Mutator &mutate)
{
    std::vector<RunBlock> blocks = blocksOf(input);
    if (blocks.empty() || random() % 4 == 0)
        return mutate(input);
    RunBlock &changed = blocks[random() % blocks.size()];
    changed.payload = mutate(changed.payload).left(RunFormat::maximumPayload);
    if (random() % 16 == 0)
        changed.kind = RunBlockKind(1 + random() % 6);
    QByteArray file(RunFormat::magic, RunFormat::magicSize);
    for (const RunBlock &block : blocks) {
        if (block.kind == RunBlockKind::End)
            file += RunFormat::block(block.kind, block.number, block.payload)
                + RunFormat::trailer(quint64(file.size()));
        else
            file += RunFormat::block(block.kind, block.number, block.payload);
    }
    return file;
}
