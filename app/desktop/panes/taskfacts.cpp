// SPDX-License-Identifier: MIT
#include "taskfacts.h"

#include "desktop/appearance.h"
#include "durationtext.h"
#include "phasebar.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

TaskFacts::TaskFacts(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout)
    , m_phases(new PhaseBar(this))
    , m_queued(addFact(tr("Queued")))
    , m_sent(addFact(tr("Sent")))
    , m_running(addFact(tr("Running")))
    , m_reply(addFact(tr("Reply")))
    , m_cpu(addFact(tr("CPU time")))
    , m_memory(addFact(tr("Peak memory")))
    , m_event(addFact(tr("Event")))
    , m_emission(addFact(tr("Emission")))
    , m_plugin(addFact(tr("Plugin")))
    , m_worker(addFact(tr("Worker")))
    , m_attempt(addFact(tr("Attempt")))
{
    m_form->setVerticalSpacing(3);
    m_form->setHorizontalSpacing(14);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_sent->setToolTip(tr("On the way to the worker process"));
    m_reply->setToolTip(tr("From the end of the handler until its result was known"));
    m_memory->setToolTip(tr("The most that the worker process ever had"));
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_phases);
    column->addSpacing(2);
    column->addLayout(m_form);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setTask({});
}

QLabel *TaskFacts::addFact(const QString &name)
{
    auto title = new QLabel(name, this);
    setMuted(*title);
    auto value = new QLabel(this);
    value->setTextFormat(Qt::PlainText);
    // Lines that wrap make the height of the pane depend on its width, and long names must not make
    // it wider: they are cut, and whole in the tooltip.
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    m_form->addRow(title, value);
    return value;
}

void TaskFacts::setTask(const TaskView &task)
{
    m_phases->setTask(task);
    setPhases(task);
    setCosts(task);
    setOrigin(task);
}

/// "1.000 ms · 33 %"
static QString phaseText(qint64 length, qint64 total)
{
    const QString text = millisecondsText(length);
    if (total <= 0)
        return text;
    const double share = 100 * double(length) / double(total);
    return u"%1 · %2 %"_s.arg(text, QLocale().toString(share, 'f', share < 10 ? 1 : 0));
}

void TaskFacts::setPhases(const TaskView &task)
{
    const qint64 total = task.waited + task.sent + task.ran + task.replied;
    m_queued->setText(phaseText(task.waited, total));
    m_sent->setText(phaseText(task.sent, total));
    m_running->setText(phaseText(task.ran, total));
    m_reply->setText(phaseText(task.replied, total));
    const bool crossedProcesses = task.sent > 0 || task.replied > 0;
    m_form->setRowVisible(m_sent, crossedProcesses);
    m_form->setRowVisible(m_reply, crossedProcesses);
}

void TaskFacts::setCosts(const TaskView &task)
{
    m_cpu->setText(task.cpu < 0 ? tr("not measured") : millisecondsText(task.cpu));
    m_memory->setText(memoryText(task.peakMemory));
    m_form->setRowVisible(m_memory, task.peakMemory > 0);
}

void TaskFacts::setOrigin(const TaskView &task)
{
    m_event->setText(task.event.isEmpty() ? tr("unknown") : task.event);
    m_emission->setText(tr("#%1, task %2 of %3")
                            .arg(number(task.task.emission))
                            .arg(task.task.index + 1)
                            .arg(std::max<size_t>(task.siblings.size(), task.task.index + 1U)));
    const QString kind = task.handler.isAsync ? tr("async") : tr("sync");
    m_plugin->setText(task.handler.plugin.isEmpty() ? kind
                                                    : u"%1 · %2"_s.arg(task.handler.plugin, kind));
    if (!task.build.isEmpty())
        m_plugin->setText(u"%1 · %2"_s.arg(m_plugin->text(), task.build));
    QString worker = task.worker.isEmpty() ? tr("none yet") : task.worker;
    if (task.pid > 0)
        worker += tr(", pid %1").arg(task.pid);
    m_worker->setText(worker);
    m_attempt->setText(QString::number(task.attempt));
    for (QLabel *name : {m_event, m_plugin, m_worker})
        name->setToolTip(name->text());
}

QStringList TaskFacts::lines() const
{
    QStringList lines;
    for (QLabel *fact : {m_queued, m_sent, m_running, m_reply, m_cpu, m_memory, m_event, m_emission,
                         m_plugin, m_worker, m_attempt}) {
        if (m_form->isRowVisible(fact))
            lines.append(u"%1: %2"_s.arg(fact->accessibleName(), fact->text()));
    }
    return lines;
}

} // namespace Fanfare
