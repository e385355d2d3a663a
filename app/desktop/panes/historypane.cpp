// SPDX-License-Identifier: MIT
#include "historypane.h"

#include "desktop/actionregistry.h"
#include "desktop/appearance.h"
#include "desktop/commandtext.h"
#include "desktop/undostep.h"
#include "emptystate.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QUndoStack>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

HistoryPane::HistoryPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_model(run)
    , m_pages(new QStackedWidget(this))
    , m_view(new QTreeView(this))
    , m_empty(new EmptyState(this))
    , m_cancel(new QToolButton(this))
{
    createView();
    createLayout();
    m_timer.setSingleShot(true);
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, &m_model, &EmissionHistory::refreshCounts);
    connect(&m_timer, &QTimer::timeout, this, &HistoryPane::refresh);
    connect(&run, &RunModel::changed, this, [this, &run] {
        if (run.spanCount() == 0)
            m_model.refreshCounts(); // it was cleared; what comes now is new
        else if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&run, &RunModel::aboutToRestore, &m_model, &EmissionHistory::refreshCounts);
    connect(&run, &RunModel::restored, &m_model, &EmissionHistory::takeAsCounted);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &HistoryPane::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &HistoryPane::refresh);
    connect(&m_saver, &FileSaver::saved, this, &HistoryPane::saved);
    connect(&m_saver, &FileSaver::failed, this, &HistoryPane::saveFailed);
    connect(m_empty, &EmptyState::actionWanted, this, &HistoryPane::emitWanted);
    refresh();
}

void HistoryPane::createView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("What was emitted"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setDragDropMode(QAbstractItemView::DragOnly); // onto the tool bar
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(EmissionHistory::EventColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(EmissionHistory::ArgumentsColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(EmissionHistory::TimeColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(EmissionHistory::OutcomeColumn, QHeaderView::ResizeToContents);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &HistoryPane::showMenu);
    connect(m_view, &QTreeView::clicked, this, [this] {
        if (const EmissionHistory::Entry *entry = current())
            Q_EMIT emissionChosen(entry->first);
    });
    connect(m_view, &QTreeView::activated, this, [this] { // Enter, double click
        if (const EmissionHistory::Entry *entry = current())
            Q_EMIT againWanted(entry->command);
    });
    auto forgetKey = new QShortcut(QKeySequence(Qt::Key_Delete), m_view);
    forgetKey->setContext(Qt::WidgetShortcut);
    connect(forgetKey, &QShortcut::activated, this, &HistoryPane::cancelOrForgetCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &HistoryPane::refresh);
}

static void applyLook(QToolButton &button, const QString &icon, const QString &text)
{
    button.setIcon(symbolIcon(icon));
    button.setText(text);
    button.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button.setAutoRaise(true);
    button.setFocusPolicy(Qt::TabFocus);
}

QToolButton *HistoryPane::addButton(const QString &icon, const QString &text,
                                    void (HistoryPane::*wanted)(const EmitCommand &))
{
    auto button = new QToolButton(this);
    applyLook(*button, icon, text);
    connect(button, &QToolButton::clicked, this, [this, wanted] {
        if (const EmissionHistory::Entry *entry = current())
            Q_EMIT(this->*wanted)(entry->command);
    });
    m_buttons.append(button);
    return button;
}

void HistoryPane::createLayout()
{
    auto bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->setSpacing(2);
    bar->addWidget(addButton(u"restart"_s, tr("Again"), &HistoryPane::againWanted));
    bar->addWidget(addButton(u"emit"_s, tr("Edit"), &HistoryPane::editWanted));
    bar->addWidget(addButton(u"favorite"_s, tr("Favorite"), &HistoryPane::favoriteWanted));
    applyLook(*m_cancel, u"stop"_s, tr("Cancel"));
    m_cancel->setToolTip(tr("Cancel its tasks that wait and ask those that run to stop (Del)"));
    connect(m_cancel, &QToolButton::clicked, this, &HistoryPane::cancelCurrent);
    bar->addWidget(m_cancel);
    bar->addStretch();
    m_buttons[0]->setToolTip(tr("Emit the same once more (Enter)"));
    m_buttons[1]->setToolTip(tr("Put it into the emit pane to change it first"));
    m_buttons[2]->setToolTip(tr("Keep it at hand as a button of the tool bar, with Ctrl+1 to "
                                "Ctrl+9; or drag it there"));
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    m_empty->setState(tr("What you emit is listed here, to look at and to emit again."),
                      tr("Emit an event"));
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages);
    setFocusProxy(m_view);
}

void HistoryPane::addActions(ActionRegistry &registry, QUndoStack &undo)
{
    m_undo = &undo;
    const auto add = [&](const ActionSpec &spec, void (HistoryPane::*slot)()) {
        connect(registry.add(spec), &QAction::triggered, this, slot);
    };
    add({.id = u"file.saveScenario"_s,
         .menu = ActionMenu::File,
         .text = tr("Save the history as a scenario…"),
         .tip = tr("A file that fanfare-cli run plays, and this window")},
        &HistoryPane::saveScenario);
    add({.id = u"edit.clearHistory"_s,
         .menu = ActionMenu::Edit,
         .text = tr("Clear the history of emissions"),
         .tip = tr("Forget what was emitted; undo brings it back")},
        &HistoryPane::forgetAll);
}

const EmissionHistory::Entry *HistoryPane::current() const
{
    return m_model.entryAt(m_view->currentIndex().row());
}

QList<TimedCommand> HistoryPane::commands() const
{
    QList<TimedCommand> commands;
    for (const EmissionHistory::Entry &entry : m_model.entries())
        commands.prepend({entry.command, entry.pause});
    return commands;
}

void HistoryPane::refresh()
{
    m_pages->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    for (QToolButton *button : std::as_const(m_buttons))
        button->setEnabled(current());
    m_cancel->setEnabled(current() && isOpen(*current()));
}

void HistoryPane::setOpenCheck(std::function<bool(const EmissionRange &)> isOpen)
{
    m_isOpen = std::move(isOpen);
}

bool HistoryPane::isOpen(const EmissionHistory::Entry &entry) const
{
    return m_isOpen && m_isOpen({entry.first, entry.command.count});
}

void HistoryPane::cancelCurrent()
{
    if (const EmissionHistory::Entry *entry = current())
        Q_EMIT cancelWanted({entry->first, entry->command.count});
}

void HistoryPane::cancelOrForgetCurrent()
{
    if (current() && isOpen(*current()))
        cancelCurrent();
    else
        forgetCurrent();
}

void HistoryPane::forget(const std::deque<EmissionHistory::Entry> &entries, const QString &text)
{
    if (!m_undo)
        return m_model.remove(entries);
    m_undo->push(new UndoStep(
        text, [this, entries] { m_model.remove(entries); },
        [this, entries] { m_model.restore(entries); }));
}

void HistoryPane::forgetCurrent()
{
    if (const EmissionHistory::Entry *entry = current())
        forget({*entry}, tr("forget the emission of %1").arg(entry->command.event));
}

void HistoryPane::forgetAll()
{
    if (m_model.rowCount() > 0)
        forget(m_model.entries(), tr("clear the history"));
}

void HistoryPane::showMenu(const QPoint &position)
{
    const EmissionHistory::Entry *entry = m_model.entryAt(m_view->indexAt(position).row());
    auto menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (entry) {
        const EmitCommand command = entry->command;
        menu->addAction(tr("Emit again"), this, [this, command] { Q_EMIT againWanted(command); });
        menu->addAction(tr("Edit and emit"), this, [this, command] { Q_EMIT editWanted(command); });
        menu->addAction(tr("Make it a favorite"), this,
                        [this, command] { Q_EMIT favoriteWanted(command); });
        menu->addAction(tr("Copy as a shell command"), this,
                        [this, command] { Q_EMIT shellCommandWanted(command); });
        if (isOpen(*entry))
            menu->addAction(tr("Cancel its tasks"), this, &HistoryPane::cancelCurrent);
        menu->addAction(tr("Forget"), this, &HistoryPane::forgetCurrent);
        menu->addSeparator();
    }
    menu->addAction(tr("Save all as a scenario…"), this, &HistoryPane::saveScenario);
    menu->addAction(tr("Clear"), this, &HistoryPane::forgetAll);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void HistoryPane::saveScenario()
{
    auto dialog = new QFileDialog(this, tr("Save as a scenario"), {}, tr("Scenarios (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const QString name = QFileInfo(path).completeBaseName();
        m_saver.save(path, [all = commands(), name] { return scenarioOf(all, name); });
    });
    dialog->open();
}

} // namespace Fanfare
