// SPDX-License-Identifier: MIT
#include "taskdifference.h"

#include "durationtext.h"
#include "outcomelook.h"
#include "tasktexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TaskDifference)
};

QString workerOf(const TaskView &task)
{
    if (task.worker.isEmpty() || task.pid <= 0)
        return task.worker;
    return Word::tr("%1, pid %2").arg(task.worker).arg(task.pid);
}

struct Property
{
    QString name;
    std::function<QString(const TaskView &)> value;
};

/// From what tells tasks apart at a glance to what rarely does.
QList<Property> properties()
{
    const auto time = [](qint64 TaskView::*member) {
        return [member](const TaskView &task) { return millisecondsText(task.*member); };
    };
    const auto crossing = [](qint64 TaskView::*member) {
        return [member](const TaskView &task) {
            return task.sent > 0 || task.replied > 0 ? millisecondsText(task.*member) : QString();
        };
    };
    return {
        {Word::tr("Handler"), [](const TaskView &task) { return task.handler.handler; }},
        {Word::tr("Outcome"),
         [](const TaskView &task) { return taskText(task.state, task.outcome); }},
        {Word::tr("Queued"), time(&TaskView::waited)},
        {Word::tr("Sent"), crossing(&TaskView::sent)},
        {Word::tr("Running"), time(&TaskView::ran)},
        {Word::tr("Reply"), crossing(&TaskView::replied)},
        {Word::tr("CPU time"),
         [](const TaskView &task) {
             return task.cpu < 0 ? QString() : millisecondsText(task.cpu);
         }},
        {Word::tr("Peak memory"),
         [](const TaskView &task) {
             return task.peakMemory > 0 ? memoryText(task.peakMemory) : QString();
         }},
        {Word::tr("Worker"), workerOf},
        {Word::tr("Attempt"), [](const TaskView &task) { return QString::number(task.attempt); }},
        {Word::tr("Emission"),
         [](const TaskView &task) { return u'#' + QString::number(number(task.task.emission)); }},
        {Word::tr("Event"), [](const TaskView &task) { return task.event; }},
        {Word::tr("Arguments"), argumentsText},
        {Word::tr("Result"), resultText},
        {Word::tr("Error"), [](const TaskView &task) { return task.detail.error.what; }},
        {Word::tr("Plugin"), [](const TaskView &task) { return task.handler.plugin; }},
        {Word::tr("Build"), [](const TaskView &task) { return task.build; }},
    };
}

} // namespace

bool TaskField::isCommon() const
{
    return std::ranges::all_of(values, [this](const QString &value) { return value == values[0]; });
}

QList<TaskField> fieldsOf(const std::vector<TaskView> &tasks)
{
    QList<TaskField> fields;
    for (const Property &property : properties()) {
        TaskField field{property.name, {}};
        for (const TaskView &task : tasks)
            field.values.append(property.value(task));
        if (!field.values.join(QString()).isEmpty())
            fields.append(field);
    }
    return fields;
}

std::optional<TaskGap> gapBetween(const TaskView &first, const TaskView &second)
{
    if (first.state == TaskState::Queued || second.state == TaskState::Queued)
        return {};
    const auto start = [](const TaskView &task) { return task.queuedAt + task.waited + task.sent; };
    const auto end = [&start](const TaskView &task) { return start(task) + task.ran; };
    return TaskGap{start(second) - start(first), end(second) - end(first),
                   second.waited - first.waited, second.ran - first.ran};
}

} // namespace Fanfare
