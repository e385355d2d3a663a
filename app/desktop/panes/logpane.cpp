// SPDX-License-Identifier: MIT
#include "logpane.h"

#include "desktop/actionregistry.h"
#include "desktop/appearance.h"
#include "desktop/models/catalogview.h"
#include "desktop/undostep.h"
#include "emptystate.h"
#include "logbar.h"
#include "logruleeditor.h"
#include "savebar.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QUndoStack>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

LogPane::LogPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_model(run)
    , m_bar(new LogBar(this))
    , m_loss(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_view(new QTableView(this))
    , m_empty(new EmptyState(this))
    , m_saver(m_model)
    , m_saveBar(new SaveBar(tr("Saving the log"), this))
{
    m_model.setFolding(m_bar->isFolding());
    createView();
    createMenu();
    createLayout();
    connect(&m_saver, &LogSaver::progressed, m_saveBar, &SaveBar::setProgress);
    connect(&m_saver, &LogSaver::ended, this, [this](const QString &problem) {
        m_saveBar->end();
        if (!problem.isEmpty())
            m_bar->setSummary({}, problem);
    });
    connect(m_saveBar, &SaveBar::canceled, &m_saver, &LogSaver::cancel);
    m_timesDelay.setSingleShot(true);
    m_timesDelay.setInterval(std::chrono::milliseconds(80));
    connect(&m_timesDelay, &QTimer::timeout, this, &LogPane::refreshFilter);
    connect(&m_run, &RunModel::cleared, this, [this] { markTimes({}); }); // the area goes with it
    connect(m_bar, &LogBar::changed, this, &LogPane::refreshFilter);
    connect(m_bar, &LogBar::rulesWanted, this, &LogPane::editRules);
    connect(m_bar, &LogBar::newestWanted, this, [this] { setFollowing(true); });
    connect(m_empty, &EmptyState::actionWanted, this, [this] {
        if (m_run.lineCount() == 0)
            Q_EMIT emitWanted();
        else
            showEverything();
    });
    connect(&m_run, &RunModel::changed, this, &LogPane::refresh);
    connect(&m_model, &LogModel::advanced, this, [this] { keepPlace(0); });
    connect(&m_run, &RunModel::catalogChanged, this, &LogPane::refreshHandlers);
    refreshHandlers();
    refresh();
}

void LogPane::addActions(ActionRegistry &registry, QUndoStack &undo)
{
    m_undo = &undo;
    const auto add = [&](const ActionSpec &spec, void (LogPane::*slot)()) {
        connect(registry.add(spec), &QAction::triggered, this, slot);
    };
    add({.id = u"edit.clearLog"_s,
         .menu = ActionMenu::Edit,
         .text = tr("Clear the log"),
         .tip = tr("Hide the lines there are; the data stays, and undo brings them back")},
        &LogPane::hideLines);
    add({.id = u"file.saveLog"_s,
         .menu = ActionMenu::File,
         .text = tr("Save the log as…"),
         .tip = tr("Write the lines that are shown to a text file")},
        &LogPane::save);
    add({.id = u"edit.highlightLog"_s,
         .menu = ActionMenu::Edit,
         .text = tr("Highlight log lines…"),
         .tip = tr("Give the lines that are alike a color")},
        &LogPane::editRules);
    QAction *find = registry.add({.id = u"edit.findInLog"_s,
                                  .menu = ActionMenu::Edit,
                                  .text = tr("Filter the log"),
                                  .tip = tr("Type what the lines to show have in common"),
                                  .keys = {QKeySequence(u"Ctrl+Shift+F"_s)}});
    connect(find, &QAction::triggered, m_bar, &LogBar::focusFilter);
}

void LogPane::createView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Log lines"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setAlternatingRowColors(true);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_view->verticalHeader()->setDefaultSectionSize(qMax(fontMetrics().height(), fixed.height())
                                                    + 4);
    createHeader();
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                const TaskId task = m_model.taskAt(current.row());
                if (task.emission != EmissionId{} && !m_isRefreshing)
                    Q_EMIT taskChosen(task);
            });
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_isRefreshing)
            setFollowing(value == m_view->verticalScrollBar()->maximum());
    });
}

void LogPane::createHeader()
{
    QHeaderView *header = m_view->horizontalHeader();
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    header->resizeSection(LogModel::TimeColumn, fontMetrics().horizontalAdvance(u"000:00.000__"_s));
    header->resizeSection(LogModel::LevelColumn, fontMetrics().horizontalAdvance(u"warning___"_s));
    header->resizeSection(LogModel::TaskColumn,
                          fontMetrics().horizontalAdvance(u"#12,345 · sleepAsync · thread 1_"_s));
}

void LogPane::createMenu()
{
    auto copy = new QAction(tr("Copy"), m_view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &LogPane::copyRows);
    m_view->addAction(copy);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, &LogPane::showMenu);
}

void LogPane::showMenu(const QPoint &position)
{
    const int row = m_view->indexAt(position).row();
    const TaskId task = m_model.taskAt(row);
    auto menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_view->actions());
    menu->addAction(tr("Copy all that is shown"), this,
                    [this] { QGuiApplication::clipboard()->setText(shownText()); });
    menu->addAction(tr("Save as…"), this, &LogPane::save);
    menu->addSeparator();
    if (task.emission != EmissionId{}) {
        menu->addAction(tr("Only lines of this task"), this, [this, task] { showTask(task); });
    }
    if (row >= 0) {
        menu->addAction(tr("Hide before this line"), this,
                        [this, line = m_model.numberAt(row)] { hideBefore(line); });
    }
    menu->addAction(tr("Show all lines"), this, &LogPane::showEverything);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void LogPane::createLayout()
{
    m_loss->setContentsMargins(8, 2, 8, 2);
    m_loss->setAutoFillBackground(true);
    m_loss->setBackgroundRole(QPalette::AlternateBase);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_loss);
    layout->addWidget(m_pages);
    layout->addWidget(m_saveBar);
    setFocusProxy(m_view);
}

void LogPane::refresh()
{
    if (m_run.forgottenLines() + m_run.lineCount() < m_filter.first()) {
        m_filter.setFirst(0); // the run was cleared: lines are counted anew
        m_model.setFilter(m_filter);
    }
    m_isRefreshing = true;
    const int removed = m_model.refresh();
    m_isRefreshing = false;
    keepPlace(removed);
}

/// After rows were added, and \a removed ones went away at the top.
void LogPane::keepPlace(int removed)
{
    m_isRefreshing = true;
    QScrollBar *bar = m_view->verticalScrollBar();
    if (m_isFollowing)
        m_view->scrollToBottom();
    else if (removed > 0)
        bar->setValue(bar->value() - removed); // what the user reads stays where it is
    m_isRefreshing = false;
    refreshSummary();
}

void LogPane::refreshFilter()
{
    m_bar->readInto(m_filter);
    const bool isForSelection = m_bar->isForSelection();
    m_filter.setTimes(isForSelection ? m_times : std::nullopt);
    m_filter.setTask(isForSelection && !m_times ? m_selected : std::nullopt);
    m_isRefreshing = true;
    m_model.setFolding(m_bar->isFolding());
    m_model.setFilter(m_filter);
    m_isRefreshing = false;
    refresh();
}

void LogPane::refreshHandlers()
{
    QStringList handlers;
    for (const PluginFact &plugin : m_run.catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (plugin.isActive)
                handlers.append(handler.name);
        }
    }
    handlers.removeDuplicates();
    handlers.sort(Qt::CaseInsensitive);
    m_bar->setHandlers(handlers);
}

void LogPane::refreshSummary()
{
    const quint64 forgotten = m_run.forgottenLines();
    const bool isEmpty = m_run.lineCount() == 0;
    QString text = isEmpty       ? QString()
        : m_run.lineCount() == 1 ? tr("1 line")
                                 : tr("%L1 lines").arg(m_run.lineCount());
    if (m_model.hiddenCount() > 0) {
        text = (m_model.isSorting() ? tr("%L1 of %L2 lines so far") : tr("%L1 of %L2 lines"))
                   .arg(qint64(m_run.lineCount()) - m_model.hiddenCount())
                   .arg(m_run.lineCount());
    }
    m_bar->setSummary(text, m_filter.problem());
    m_bar->setFollowing(m_isFollowing);
    m_loss->setText((forgotten == 1 ? tr("⋯ %L1 older line is gone: the newest %L2 are kept.")
                                    : tr("⋯ %L1 older lines are gone: the newest %L2 are kept."))
                        .arg(forgotten)
                        .arg(m_run.lineCount()));
    m_loss->setVisible(forgotten > 0 && !isEmpty);
    m_pages->setCurrentIndex(m_model.rowCount() > 0 || m_model.isSorting() ? 0 : 1);
    if (isEmpty)
        m_empty->setState(tr("What handlers print and log appears here."), tr("Emit an event"));
    else
        m_empty->setState(tr("No line passes the filter."), tr("Show all lines"));
}

void LogPane::setFollowing(bool following)
{
    m_isFollowing = following;
    m_bar->setFollowing(following);
    if (following)
        m_view->scrollToBottom();
}

void LogPane::markTask(std::optional<TaskId> task)
{
    m_selected = task;
    m_model.setMarked(task);
    if (m_bar->isForSelection())
        refreshFilter();
    const int row = task && !m_isFollowing ? m_model.firstRowOf(*task) : -1;
    if (row >= 0)
        m_view->scrollTo(m_model.index(row, 0), QAbstractItemView::EnsureVisible);
}

void LogPane::markTimes(std::optional<LogTimes> times)
{
    if (m_times == times)
        return;
    m_times = times;
    if (m_bar->isForSelection())
        m_timesDelay.start();
}

void LogPane::setRules(const QList<LogRule> &rules)
{
    m_model.setRules(rules);
    if (m_ruleEditor && m_ruleEditor->rules() != rules)
        m_ruleEditor->close(); // it shows what does not hold any more
}

void LogPane::editRules()
{
    if (!m_ruleEditor) {
        m_ruleEditor = new LogRuleEditor(m_model.rules(), this);
        connect(m_ruleEditor, &LogRuleEditor::changed, this, [this](const QList<LogRule> &rules) {
            setRules(rules);
            Q_EMIT rulesChanged(rules);
        });
    }
    m_ruleEditor->show();
    m_ruleEditor->raise();
    m_ruleEditor->activateWindow();
}

void LogPane::showTask(TaskId task)
{
    m_times.reset();
    m_selected = task;
    m_model.setMarked(task);
    if (m_bar->isForSelection())
        refreshFilter();
    else
        m_bar->setForSelection(true);
}

void LogPane::hideLines()
{
    hideBefore(m_model.endNumber());
}

void LogPane::setFirst(quint64 line)
{
    m_filter.setFirst(line);
    refreshFilter();
}

void LogPane::hideBefore(quint64 line)
{
    const quint64 before = m_filter.first();
    if (!m_undo)
        return setFirst(line);
    m_undo->push(new UndoStep(
        tr("clear the log"), [this, line] { setFirst(line); },
        [this, before] { setFirst(before); }));
}

void LogPane::showEverything()
{
    m_filter.setFirst(0);
    m_bar->reset();
}

void LogPane::copyRows()
{
    QStringList lines;
    for (const QModelIndex &row : m_view->selectionModel()->selectedRows())
        lines.append(LogSaver::textOf(m_model, row.row()));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QString LogPane::shownText()
{
    m_model.sortRest();
    QStringList lines;
    for (int row = 0; row < m_model.rowCount(); ++row)
        lines.append(LogSaver::textOf(m_model, row));
    return lines.join(u'\n');
}

void LogPane::save()
{
    auto dialog = new QFileDialog(this, tr("Save the log"), {}, tr("Text (*.txt *.log)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LogPane::saveTo);
    dialog->open();
}

void LogPane::saveTo(const QString &path)
{
    m_saveBar->begin();
    m_model.sortRest();
    m_saver.save(path);
}

} // namespace Fanfare
