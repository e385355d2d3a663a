// SPDX-License-Identifier: MIT
#include "taskjson.h"

#include <fanfare/base/outcome.h>

#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QJsonObject timesOf(const TaskView &task)
{
    QJsonObject times{{u"queued"_s, task.waited}, {u"running"_s, task.ran}};
    if (task.sent > 0 || task.replied > 0) {
        times.insert(u"sent"_s, task.sent);
        times.insert(u"reply"_s, task.replied);
    }
    if (task.cpu >= 0)
        times.insert(u"cpu"_s, task.cpu);
    return times;
}

static QJsonObject jsonOf(const Arguments &arguments)
{
    QJsonObject object;
    if (!arguments.positional.isEmpty())
        object.insert(u"arguments"_s, arguments.positional.toJsonArray());
    if (!arguments.named.isEmpty())
        object.insert(u"named"_s, arguments.named.toJsonObject());
    if (!arguments.fields.isEmpty())
        object.insert(u"fields"_s, arguments.fields.toJsonObject());
    return object;
}

static void addOutcome(QJsonObject &object, const TaskView &task)
{
    const TaskDetail &detail = task.detail;
    if (task.state != TaskState::Ended) {
        object.insert(u"state"_s, task.state == TaskState::Running ? u"Running"_s : u"Queued"_s);
        return;
    }
    object.insert(u"state"_s, u"Ended"_s);
    object.insert(u"outcome"_s, outcomeName(task.outcome));
    if (!detail.reason.isEmpty())
        object.insert(u"reason"_s, detail.reason);
    if (!detail.error.type.isEmpty() || !detail.error.what.isEmpty())
        object.insert(u"error"_s,
                      QJsonObject{{u"type"_s, detail.error.type}, {u"what"_s, detail.error.what}});
    if (!detail.result.isUndefined() && !detail.result.isInvalid())
        object.insert(u"result"_s, detail.result.toJsonValue());
    if (!detail.crash.isEmpty())
        object.insert(u"crash"_s, detail.crash.toJsonObject());
}

QJsonObject jsonOf(const TaskView &task, const QString &output)
{
    QJsonObject object{{u"emission"_s, qint64(number(task.task.emission))},
                       {u"task"_s, task.task.index},
                       {u"event"_s, task.event},
                       {u"plugin"_s, task.handler.plugin},
                       {u"handler"_s, task.handler.handler},
                       {u"kind"_s, task.handler.isAsync ? u"async"_s : u"sync"_s},
                       {u"attempt"_s, task.attempt},
                       {u"times"_s, timesOf(task)}};
    addOutcome(object, task);
    if (!task.worker.isEmpty())
        object.insert(u"worker"_s, task.worker);
    if (task.pid > 0)
        object.insert(u"pid"_s, task.pid);
    if (task.peakMemory > 0)
        object.insert(u"peakMemoryKiB"_s, qint64(task.peakMemory));
    if (task.arguments)
        object.insert(u"with"_s, jsonOf(*task.arguments));
    if (!output.isEmpty())
        object.insert(u"output"_s, QJsonArray::fromStringList(output.split(u'\n')));
    return object;
}

} // namespace Fanfare
