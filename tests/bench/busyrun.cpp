// SPDX-License-Identifier: MIT
#include "busyrun.h"

#include "benchprogram.h"

#include "core/runs/randomspans.h"

#include <fanfare/runs/runwriter.h>

#include <QFile>
#include <QFileInfo>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

void writeBusyRun(const QString &path, size_t spans, quint64 seed)
{
    constexpr size_t part = 65'536;
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        fail("cannot write a run");
    RunWriter writer(file, {.id = QFileInfo(path).fileName()});
    writer.setNames({.handlers = {{SubscriberId(3), u"p"_s, {}, {}, u"first"_s},
                                  {SubscriberId(4), u"p"_s, {}, {}, u"second"_s}},
                     .events = {}});
    qint64 later = 0; // each part goes on where the one before ended
    for (size_t done = 0; done < spans; done += part) {
        TraceBatch batch;
        batch.spans = busySpans(std::min(part, spans - done), seed + done);
        const qint64 begin = batch.spans.front().queued;
        qint64 end = begin;
        for (SpanRecord &span : batch.spans) {
            end = std::max(end, span.finished);
            span.task.emission = EmissionId(number(span.task.emission) + done / 2);
            for (qint64 *time : {&span.queued, &span.started, &span.finished})
                *time += later;
        }
        later += end - begin;
        writer.add(batch);
    }
    writer.finish(spans / 2);
}

} // namespace Fanfare::Bench
