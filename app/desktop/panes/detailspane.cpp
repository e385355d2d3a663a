// SPDX-License-Identifier: MIT
#include "detailspane.h"

#include "crashsection.h"
#include "desktop/appearance.h"
#include "durationtext.h"
#include "laneview.h"
#include "neighborlinks.h"
#include "outcomelook.h"
#include "rankstrip.h"
#include "siblinglist.h"
#include "summarytexts.h"
#include "taskfacts.h"
#include "taskjson.h"
#include "tasksview.h"
#include "tasktexts.h"
#include "textblock.h"
#include "valuesection.h"

#include <fanfare/base/clock.h>

#include <QEvent>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

enum DetailsPage { HintPage, TaskPage, TasksPage, LanePage };

DetailsPane::DetailsPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_pages(new QStackedWidget(this))
    , m_hint(new QLabel(this))
    , m_side(new TasksView(this))
{
    createLayout();
    m_timer.setSingleShot(true);
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &DetailsPane::refresh);
    connect(&m_run, &RunModel::changed, this, &DetailsPane::refreshSoon);
    for (const Section &section : {m_error, m_output})
        setSection(section, {}); // or the first task is laid out with room for all of them
    showTask({});
}

void DetailsPane::setLocked(bool locked)
{
    m_lock->setChecked(locked);
}

void DetailsPane::showTask(std::optional<TaskId> task)
{
    if (m_lock->isChecked())
        return;
    m_tasks.clear();
    m_laneShown.reset();
    m_task = task;
    m_lines.setTask(task);
    m_isComplete = false;
    m_hasEnded = false;
    m_isRanked = false;
    refresh();
}

void DetailsPane::showTasks(const std::vector<TaskId> &tasks)
{
    if (m_lock->isChecked())
        return;
    showTask(tasks.empty() ? std::nullopt : std::optional(tasks.back()));
    if (tasks.size() < 2)
        return;
    m_tasks = tasks;
    m_isComplete = false;
    refresh();
}

void DetailsPane::showLane(std::optional<quint32> lane)
{
    if (m_lock->isChecked() || m_laneShown == lane || !m_laneTimes)
        return;
    if (lane)
        showTask({});
    m_laneShown = lane;
    refresh();
}

void DetailsPane::setLaneTimes(const std::function<LaneTimes()> &times)
{
    m_laneTimes = times;
}

void DetailsPane::refreshLaneSoon()
{
    if (m_laneShown && !m_timer.isActive())
        m_timer.start();
}

void DetailsPane::refreshTasks()
{
    std::vector<TaskView> views;
    for (const TaskId &task : m_tasks) {
        if (auto view = viewOf(m_run, task, MonotonicClock::now()))
            views.push_back(*std::move(view));
    }
    m_isComplete = std::ranges::all_of(
        views, [](const TaskView &view) { return view.state == TaskState::Ended; });
    if (views.size() < 2)
        return showTask(m_task); // the others are forgotten
    m_pages->setCurrentIndex(TasksPage);
    m_side->setTasks(std::move(views));
}

void DetailsPane::refreshSoon()
{
    refreshLaneSoon();
    if (m_task && !m_isComplete && !m_timer.isActive())
        m_timer.start();
    else if (m_task && m_run.spanCount() == 0)
        refresh();
}

void DetailsPane::refresh()
{
    if (m_laneShown) {
        m_lane->setLane(m_run, *m_laneShown, m_laneTimes());
        m_pages->setCurrentIndex(LanePage);
        return;
    }
    if (!m_tasks.empty())
        return refreshTasks();
    const auto view = m_task ? viewOf(m_run, *m_task, MonotonicClock::now()) : std::nullopt;
    m_pages->setCurrentIndex(view ? TaskPage : HintPage);
    if (!view) {
        m_lock->setChecked(false); // there is nothing to keep
        m_hint->setText(m_task ? tr("Nothing is known about this task any more.")
                               : tr("Click a span or a line of the log to see what that task "
                                    "did, or the name of a lane to see what its worker did."));
        return;
    }
    refreshHeader(*view);
    m_facts->setTask(*view);
    refreshTexts(*view);
    refreshSiblings(*view);
    refreshRank(*view);
    const bool hasEnded =
        std::all_of(view->siblings.begin(), view->siblings.end(),
                    [](const SiblingView &sibling) { return sibling.state == TaskState::Ended; });
    m_cancel->setVisible(!hasEnded);
    m_isComplete = hasEnded && m_hasEnded; // what a task leaves behind may come a batch later
    m_hasEnded = hasEnded;
}

void DetailsPane::refreshHeader(const TaskView &view)
{
    m_icon->setPixmap(taskIcon(view.state, view.outcome).pixmap(28, 28));
    m_title->setText(view.handler.handler);
    QString text = taskText(view.state, view.outcome);
    const bool saysMore = view.outcome != Outcome::Canceled
        && view.detail.reason.compare(text, Qt::CaseInsensitive) != 0;
    if (!view.detail.reason.isEmpty() && saysMore)
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

void DetailsPane::setSection(const Section &section, const QString &text)
{
    section.block->setText(text);
    section.heading->setVisible(!text.isEmpty());
    section.block->setVisible(!text.isEmpty());
}

void DetailsPane::setIsOfFile()
{
    m_isOfFile = true;
}

void DetailsPane::refreshTexts(const TaskView &view)
{
    m_lines.refresh(m_run);
    setSection(m_error, errorText(view));
    m_crash->setReport(view.detail.crash);
    if (view.arguments)
        m_arguments->setValue(argumentsOf(view));
    else
        m_arguments->setText(missingArgumentsText(m_isOfFile));
    m_result->setValue(resultOf(view));
    setSection(m_output, m_lines.text());
    m_toLog->setEnabled(!m_lines.text().isEmpty());
}

void DetailsPane::refreshSiblings(const TaskView &view)
{
    const bool isShown = view.siblings.size() > 1;
    m_siblingsHeading->setVisible(isShown);
    m_siblings->setVisible(isShown);
    m_emissionFacts->setVisible(isShown);
    m_siblings->setTasks(view.siblings, view.task);
    if (!isShown)
        return;
    const EmissionExtent extent = extentOf(view.siblings);
    m_emissionFacts->setText(emissionText(view.siblings, extent));
    m_siblingsHeading->setText(tr("Same emission · %1").arg(durationText(extent.to - extent.from)));
    m_siblingsHeading->setToolTip(tr("From emitting to the end of the last handler, which is %1")
                                      .arg(view.siblings[extent.last].handler));
}

void DetailsPane::refreshRank(const TaskView &view)
{
    const bool hasEnded = view.state == TaskState::Ended;
    m_neighbors->setVisible(hasEnded);
    if (hasEnded)
        m_neighbors->setNeighbors(neighborsOf(m_run, view.task));
    if (m_isRanked)
        return;
    const auto span = hasEnded ? m_run.find(view.task) : std::nullopt;
    m_workerFacts->setText(span ? workerText(view.worker, summaryOf(m_run, span->lane))
                                : QString());
    m_workerFacts->setVisible(!m_workerFacts->text().isEmpty());
    m_rank->setRank(span ? rankOf(m_run, *span) : std::nullopt);
    m_isRanked = hasEnded;
}

void DetailsPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh(); // some labels have colors of their own
    QWidget::changeEvent(event);
}

QString DetailsPane::json() const
{
    const auto view = m_task ? viewOf(m_run, *m_task, MonotonicClock::now()) : std::nullopt;
    if (!view)
        return {};
    return QString::fromUtf8(QJsonDocument(jsonOf(*view, m_lines.text())).toJson());
}

QString DetailsPane::plainText() const
{
    if (m_pages->currentIndex() == HintPage)
        return {};
    if (m_pages->currentIndex() == TasksPage)
        return m_side->plainText();
    if (m_pages->currentIndex() == LanePage)
        return m_lane->plainText();
    QStringList lines{m_title->text(), m_subtitle->text()};
    lines += m_facts->lines();
    if (!m_rank->text().isEmpty())
        lines.append(m_rank->text());
    for (const QLabel *text : {m_workerFacts, m_emissionFacts}) {
        if (!text->isHidden())
            lines.append(text->text());
    }
    const auto add = [&lines](const QString &heading, const QString &text) {
        if (!text.isEmpty())
            lines.append(heading + u'\n' + text);
    };
    add(m_error.heading->text(), m_error.block->toPlainText());
    for (const ValueSection *section : {m_result, m_arguments})
        add(section->heading(), section->text());
    add(m_output.heading->text(), m_output.block->toPlainText());
    if (const QString report = m_crash->text(); !report.isEmpty())
        lines.append(report);
    return lines.join(u'\n');
}

} // namespace Fanfare
