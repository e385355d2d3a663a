// SPDX-License-Identifier: MIT
#include "detailspane.h"

#include "argumentsjson.h"
#include "desktop/appearance.h"
#include "durationtext.h"
#include "outcomelook.h"
#include "phasebar.h"
#include "siblinglist.h"
#include "textblock.h"

#include <fanfare/base/clock.h>

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

enum DetailsPage { HintPage, TaskPage };

DetailsPane::DetailsPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_pages(new QStackedWidget(this))
    , m_hint(new QLabel(this))
{
    createLayout();
    m_timer.setSingleShot(true);
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &DetailsPane::refresh);
    connect(&m_run, &RunModel::changed, this, &DetailsPane::refreshSoon);
    showTask({});
}

void DetailsPane::createLayout()
{
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setMargin(24);
    setMuted(*m_hint);
    auto content = new QWidget(this);
    auto column = new QVBoxLayout(content);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(6);
    createHeader(*column);
    createFacts(*column);
    m_error = addSection(*column, tr("Error"), 12);
    m_result = addSection(*column, tr("Result"), 14);
    createSiblings(*column);
    m_output = addSection(*column, tr("Output"), 12);
    column->addStretch();
    auto scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pages->addWidget(m_hint);
    m_pages->addWidget(scroll);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

void DetailsPane::createHeader(QVBoxLayout &column)
{
    m_icon = new QLabel(this);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_subtitle = new QLabel(this);
    m_subtitle->setTextFormat(Qt::PlainText);
    auto words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    column.addLayout(row);
    column.addSpacing(4);
}

QLabel *DetailsPane::addFact(QFormLayout &form, const QString &name)
{
    auto title = new QLabel(name, this);
    setMuted(*title);
    auto value = new QLabel(this);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    form.addRow(title, value);
    return value;
}

void DetailsPane::createFacts(QVBoxLayout &column)
{
    m_phases = new PhaseBar(this);
    column.addWidget(m_phases);
    column.addSpacing(2);
    auto form = new QFormLayout;
    form->setVerticalSpacing(3);
    form->setHorizontalSpacing(14);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_queued = addFact(*form, tr("Queued"));
    m_running = addFact(*form, tr("Running"));
    m_cpu = addFact(*form, tr("CPU time"));
    m_event = addFact(*form, tr("Event"));
    m_emission = addFact(*form, tr("Emission"));
    m_plugin = addFact(*form, tr("Plugin"));
    m_worker = addFact(*form, tr("Worker"));
    m_attempt = addFact(*form, tr("Attempt"));
    column.addLayout(form);
}

QLabel *DetailsPane::addHeading(QVBoxLayout &column, const QString &text)
{
    auto heading = new QLabel(text, this);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    heading->setContentsMargins(0, 8, 0, 0);
    column.addWidget(heading);
    return heading;
}

DetailsPane::Section DetailsPane::addSection(QVBoxLayout &column, const QString &title,
                                             int maximumLines)
{
    Section section{addHeading(column, title), new TextBlock(maximumLines, this)};
    section.block->setAccessibleName(title);
    column.addWidget(section.block);
    return section;
}

void DetailsPane::createSiblings(QVBoxLayout &column)
{
    m_siblingsHeading = addHeading(column, tr("Same emission"));
    m_siblings = new SiblingList(this);
    column.addWidget(m_siblings);
    connect(m_siblings, &SiblingList::taskChosen, this, &DetailsPane::taskChosen);
}

void DetailsPane::showTask(std::optional<TaskId> task)
{
    m_task = task;
    m_lines.setTask(task);
    m_isComplete = false;
    m_hasEnded = false;
    refresh();
}

void DetailsPane::refreshSoon()
{
    if (m_task && !m_isComplete && !m_timer.isActive())
        m_timer.start();
    else if (m_task && m_run.spanCount() == 0)
        refresh();
}

void DetailsPane::refresh()
{
    const auto view = m_task ? viewOf(m_run, *m_task, MonotonicClock::now()) : std::nullopt;
    m_pages->setCurrentIndex(view ? TaskPage : HintPage);
    if (!view) {
        m_hint->setText(m_task ? tr("Nothing is known about this task any more.")
                               : tr("Click a span in the timeline or a line in the log to see "
                                    "what that task did."));
        return;
    }
    refreshHeader(*view);
    refreshFacts(*view);
    refreshTexts(*view);
    refreshSiblings(*view);
    const bool hasEnded =
        std::all_of(view->siblings.begin(), view->siblings.end(),
                    [](const SiblingView &sibling) { return sibling.state == TaskState::Ended; });
    m_isComplete = hasEnded && m_hasEnded; // what a task leaves behind may come a batch later
    m_hasEnded = hasEnded;
}

void DetailsPane::refreshHeader(const TaskView &view)
{
    m_icon->setPixmap(taskIcon(view.state, view.outcome).pixmap(28, 28));
    m_title->setText(view.handler.handler);
    QString text = taskText(view.state, view.outcome);
    if (!view.detail.reason.isEmpty())
        text += u" ("_s + view.detail.reason + u')';
    if (view.state != TaskState::Queued)
        text += u" · "_s + durationText(view.ran);
    if (view.progress >= 0 && view.state == TaskState::Running)
        text += u" · "_s + QLocale().toString(view.progress * 100, 'f', 0) + u" %"_s;
    m_subtitle->setText(text);
    QPalette colors = palette();
    const bool isOpen = view.state != TaskState::Ended;
    const Accent accent = isOpen ? Accent::Neutral : outcomeAccent(view.outcome);
    colors.setColor(QPalette::WindowText, accentColor(accent, colors));
    m_subtitle->setPalette(colors);
}

void DetailsPane::refreshFacts(const TaskView &view)
{
    m_phases->setTask(view);
    m_queued->setText(millisecondsText(view.waited));
    m_running->setText(millisecondsText(view.ran));
    m_cpu->setText(view.cpu < 0 ? tr("not measured") : millisecondsText(view.cpu));
    m_event->setText(view.event.isEmpty() ? tr("unknown") : view.event);
    m_emission->setText(tr("#%1, task %2 of %3")
                            .arg(number(view.task.emission))
                            .arg(view.task.index + 1)
                            .arg(std::max<size_t>(view.siblings.size(), view.task.index + 1U)));
    const QString kind = view.handler.isAsync ? tr("async") : tr("sync");
    m_plugin->setText(view.handler.plugin.isEmpty() ? kind
                                                    : u"%1 · %2"_s.arg(view.handler.plugin, kind));
    QString worker = view.worker.isEmpty() ? tr("none yet") : view.worker;
    if (view.pid > 0)
        worker += tr(", pid %1").arg(view.pid);
    m_worker->setText(worker);
    m_attempt->setText(QString::number(view.attempt));
}

void DetailsPane::setSection(const Section &section, const QString &text)
{
    section.block->setText(text);
    section.heading->setVisible(!text.isEmpty());
    section.block->setVisible(!text.isEmpty());
}

static QString errorText(const TaskError &error)
{
    if (error.type.isEmpty() || error.what.isEmpty())
        return error.type + error.what;
    return error.what + u"\n\n"_s + error.type;
}

static QString resultText(const QCborValue &result)
{
    const bool isNothing = result.isUndefined() || result.isNull() || result.isInvalid();
    return isNothing ? QString() : readableJson(result);
}

void DetailsPane::refreshTexts(const TaskView &view)
{
    m_lines.refresh(m_run);
    setSection(m_error, errorText(view.detail.error));
    setSection(m_result, resultText(view.detail.result));
    setSection(m_output, m_lines.text());
}

void DetailsPane::refreshSiblings(const TaskView &view)
{
    const bool isShown = view.siblings.size() > 1;
    m_siblingsHeading->setVisible(isShown);
    m_siblings->setVisible(isShown);
    m_siblings->setTasks(view.siblings, view.task);
}

QString DetailsPane::plainText() const
{
    if (m_pages->currentIndex() == HintPage)
        return {};
    QStringList lines{m_title->text(), m_subtitle->text()};
    for (const QLabel *fact :
         {m_queued, m_running, m_cpu, m_event, m_emission, m_plugin, m_worker, m_attempt})
        lines.append(u"%1: %2"_s.arg(fact->accessibleName(), fact->text()));
    for (const Section &section : {m_error, m_result, m_output}) {
        if (const QString text = section.block->toPlainText(); !text.isEmpty())
            lines.append(section.heading->text() + u'\n' + text);
    }
    return lines.join(u'\n');
}

} // namespace Fanfare
