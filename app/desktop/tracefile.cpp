// SPDX-License-Identifier: MIT
#include "tracefile.h"

#include "models/runmodel.h"

#include <fanfare/runs/chrometrace.h>

#include <QCoreApplication>
#include <QSaveFile>

namespace Fanfare {

/// The window's lanes outlive engines, so their own indexes are the ids in the file.
static void addLanes(ChromeTraceWriter &writer, const RunModel &model)
{
    for (int i = 0; i < model.laneCount(); ++i) {
        const LaneEntry &lane = model.lane(quint32(i));
        writer.addLane({LaneId(i), lane.kind, lane.name, lane.pid});
    }
}

static void addSpan(ChromeTraceWriter &writer, const RunModel &model, const SpanEntry &entry)
{
    SpanRecord span = entry.record;
    span.lane = LaneId(entry.lane);
    const HandlerEntry &handler = model.handler(entry.handler);
    const TaskDetail detail = model.detail(span.task).value_or(TaskDetail());
    const QString &event = model.eventName(span.task.emission);
    writer.addSpan(span,
                   {event, handler.plugin, handler.handler, detail.reason, detail.error.what});
}

Result<void> writeTraceFile(const RunModel &model, const QString &path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        ChromeTraceWriter writer(file, QCoreApplication::applicationPid());
        addLanes(writer, model);
        for (size_t i = 0; i < model.spanCount(); ++i) {
            if (model.isKept(i))
                addSpan(writer, model, model.span(i));
        }
        if (writer.finish() && file.commit())
            return {};
    }
    return Error{
        ErrorCode::Unreadable,
        QCoreApplication::translate("Fanfare::TraceFile", "The trace cannot be written to %1: %2.")
            .arg(path, file.errorString())};
}

} // namespace Fanfare
