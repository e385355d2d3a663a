// SPDX-License-Identifier: MIT
#include "pluginpane.h"

#include "columnchooser.h"
#include "desktop/actionregistry.h"
#include "desktop/appearance.h"
#include "emptystate.h"
#include "rowcopy.h"
#include "ruleeditor.h"
#include "sentencedelegate.h"
#include "sortchooser.h"
#include "sortheader.h"
#include "sparklinedelegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

PluginPane::PluginPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_model(run)
    , m_filter(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_view(new QTreeView(this))
    , m_columns(nullptr)
    , m_order(nullptr)
    , m_empty(new EmptyState(this))
    , m_rules(new RuleEditor(this))
{
    createFilter();
    createView();
    createHeader();
    createActions();
    createLayout();
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(500ms); // a sparkline has a step for each second
    connect(&m_countTimer, &QTimer::timeout, &m_model, &PluginModel::refreshCounts);
    connect(&m_run, &RunModel::changed, this, &PluginPane::refreshCountsSoon);
    connect(&m_run, &RunModel::restored, &m_model, &PluginModel::recount);
    connect(&m_run, &RunModel::catalogChanged, this, &PluginPane::reload);
    reload();
}

void PluginPane::createFilter()
{
    m_filter->setPlaceholderText(tr("Filter: plugin, event or handler"));
    m_filter->setAccessibleName(tr("Filter of the plugins"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, &PluginPane::showState);
    connect(m_empty, &EmptyState::actionWanted, this, [this] {
        if (m_model.rowCount() > 0)
            m_filter->clear();
        else
            Q_EMIT folderWanted();
    });
    connect(m_empty, &EmptyState::linkWanted, this, &PluginPane::firstHandlerWanted);
}

/// A tree takes Space before any shortcut does.
bool PluginPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = watched == m_view && event->type() == QEvent::KeyPress;
    if (!isKey || m_toggle->shortcut() != QKeySequence(Qt::Key_Space)
        || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Space)
        return QWidget::eventFilter(watched, event);
    toggleCurrent();
    return true;
}

void PluginPane::createView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Plugins, their events and handlers"));
    m_view->setUniformRowHeights(false);
    m_view->setWordWrap(true);
    m_view->setItemDelegate(new SentenceDelegate(*m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(12);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setItemDelegateForColumn(PluginModel::RatesColumn, new SparklineDelegate(m_view));
    connect(m_view, &QTreeView::customContextMenuRequested, this, &PluginPane::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PluginPane::choose);
    connect(m_view, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const QString event = m_model.eventAt(index); !event.isEmpty())
            Q_EMIT emitWanted(event);
    });
}

void PluginPane::createHeader()
{
    auto header = new SortHeader(m_view);
    m_view->setHeader(header);
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(26);
    for (int column = 0; column < PluginModel::ColumnCount; ++column)
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(PluginModel::NameColumn, QHeaderView::Stretch);
    m_columns =
        new ColumnChooser(*m_view, {u"last"_s, u"calls"_s, u"failed"_s, u"median"_s, u"rates"_s});
    m_order = new SortChooser(
        *m_view, {u"name"_s, u"last"_s, u"calls"_s, u"failed"_s, u"median"_s, u"rates"_s});
}

QAction *PluginPane::addAction(const QString &text, const QKeySequence &keys,
                               void (PluginPane::*slot)())
{
    auto action = new QAction(text, m_view);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_view->addAction(action);
    return action;
}

void PluginPane::createActions()
{
    m_toggle = addAction(tr("Enable or disable the chosen plugin, event or handler"), Qt::Key_Space,
                         &PluginPane::toggleCurrent);
    m_copy = addAction(tr("Copy the chosen rows of the plugins"), QKeySequence::Copy,
                       &PluginPane::copyRows);
    m_uninstall =
        addAction(tr("Uninstall the chosen plugins"), Qt::Key_Delete, &PluginPane::uninstall);
    m_rescan = addAction(tr("Look for plugins again"), Qt::Key_F5, &PluginPane::rescan);
    m_rescan->setIcon(symbolIcon(u"restart"_s));
}

void PluginPane::addActions(ActionRegistry &registry)
{
    const auto adopt = [&registry](QAction &action, const QString &id, ActionMenu menu) {
        registry.adopt(
            action,
            {.id = id, .menu = menu, .text = action.text(), .tip = {}, .keys = action.shortcuts()});
    };
    adopt(*m_toggle, u"plugins.toggle"_s, ActionMenu::None);
    adopt(*m_copy, u"plugins.copy"_s, ActionMenu::None);
    adopt(*m_uninstall, u"plugins.uninstall"_s, ActionMenu::Edit);
    adopt(*m_rescan, u"plugins.rescan"_s, ActionMenu::Run);
    for (QAction *column : m_columns->actions()) {
        registry.adopt(*column,
                       {.id = u"view.pluginColumn."_s + m_columns->idOf(*column),
                        .menu = ActionMenu::View,
                        .text = column->text(),
                        .tip = {},
                        .submenu = tr("Columns of the plugins"),
                        .isSwitch = true});
    }
    for (QAction *order : m_order->actions()) {
        registry.adopt(*order,
                       {.id = u"view.pluginOrder."_s + m_order->idOf(*order),
                        .menu = ActionMenu::View,
                        .text = order->text(),
                        .tip = {},
                        .submenu = tr("Sort the plugins by"),
                        .isSwitch = true});
    }
}

void PluginPane::copyRows()
{
    QGuiApplication::clipboard()->setText(chosenRows(*m_view));
}

/// Only rows of plugins count: who presses Del on a handler does not mean all of its plugin.
void PluginPane::uninstall()
{
    QStringList files;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        files.append(m_model.fileAt(index));
    files.removeAll(QString());
    files.removeDuplicates();
    Q_EMIT uninstallWanted(files);
}

void PluginPane::rescan()
{
    Q_EMIT rescanWanted();
}

void PluginPane::createLayout()
{
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto bar = new QHBoxLayout;
    bar->setContentsMargins(6, 2, 6, 4);
    bar->addWidget(m_filter);
    layout->addLayout(bar);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    layout->addWidget(m_pages, 1);
    m_view->installEventFilter(this);
    setFocusProxy(m_view);
    layout->addWidget(m_rules);
    connect(m_rules, &RuleEditor::decided, this, &PluginPane::policyDecided);
    connect(m_rules, &RuleEditor::unfolded, m_view, [this] { // when the tree has become smaller
        QMetaObject::invokeMethod(
            m_view, [this] { m_view->scrollTo(m_view->currentIndex()); }, Qt::QueuedConnection);
    });
    connect(m_rules, &RuleEditor::liftWanted, this, &PluginPane::liftWanted);
}

void PluginPane::choose(const QModelIndex &index)
{
    m_rules->setSubject(m_model.subjectAt(index));
    const QString event = m_model.eventAt(index);
    if (!event.isEmpty() && !m_isReloading)
        Q_EMIT eventChosen(event);
}

/// The catalog may change at any time and must not take the choice away, nor make it again.
void PluginPane::reload()
{
    const QString event = m_model.eventAt(m_view->currentIndex());
    const std::optional<RuleSubject> chosen = m_model.subjectAt(m_view->currentIndex());
    const int position = m_view->verticalScrollBar()->value();
    const QScopedValueRollback reloading(m_isReloading, true);
    m_model.reload();
    m_view->expandAll();
    spanNames({});
    const QModelIndex index = chosen ? m_model.indexOf(chosen->target, event) : QModelIndex();
    m_view->setCurrentIndex(index);
    choose(index);
    showState();
    m_view->verticalScrollBar()->setValue(position);
}

/// Hides the rows that the filter does not ask for. Returns whether one below \a parent is shown.
bool PluginPane::filter(const QModelIndex &parent, bool isParentShown)
{
    bool isAnyShown = false;
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        const bool matches = isParentShown
            || index.data().toString().contains(m_filter->text().trimmed(), Qt::CaseInsensitive);
        const bool isShown = filter(index, matches) || matches;
        m_view->setRowHidden(row, parent, !isShown);
        isAnyShown |= isShown;
    }
    return isAnyShown;
}

void PluginPane::showState()
{
    const bool isAnyShown = filter({}, false);
    m_pages->setCurrentIndex(isAnyShown ? 0 : 1);
    if (m_model.rowCount() == 0)
        m_empty->setState(tr("No plugin was found. Drop a handler plugin (.so) onto the window, or "
                             "put it into the plugin folder."),
                          tr("Open plugin folder"), tr("Write your first handler"));
    else
        m_empty->setState(tr("No plugin, event or handler has this in its name."), tr("Show all"));
}

void PluginPane::toggleEnabled(const RuleSubject &subject)
{
    PolicyPart part = subject.decided;
    part.isEnabled = !subject.policy.isEnabled.value;
    Q_EMIT policyDecided(subject.target, part, subject.decided);
}

void PluginPane::toggleCurrent()
{
    if (const auto subject = m_model.subjectAt(m_view->currentIndex()))
        toggleEnabled(*subject);
}

/// What has no figures has room for its whole name.
void PluginPane::spanNames(const QModelIndex &parent)
{
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        m_view->setFirstColumnSpanned(row, parent, !m_model.hasFigures(index));
        spanNames(index);
    }
}

void PluginPane::refreshCountsSoon()
{
    if (m_run.spanCount() == 0)
        m_model.refreshCounts();
    else if (isVisible() && !m_countTimer.isActive())
        m_countTimer.start();
}

/// Nothing is counted for a pane that nobody sees.
void PluginPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.refreshCounts();
}

void PluginPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    auto menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QString event = m_model.eventAt(index); !event.isEmpty()) {
        menu->addAction(symbolIcon(u"emit"_s), tr("Emit %1").arg(event),
                        [this, event] { Q_EMIT emitWanted(event); });
    }
    if (index.isValid()) {
        const QString text = index.siblingAtColumn(0).data(Qt::ToolTipRole).toString();
        menu->addAction(tr("Copy"), [text] { QGuiApplication::clipboard()->setText(text); });
        menu->addAction(m_copy);
    }
    if (!m_model.fileAt(index).isEmpty())
        menu->addAction(m_uninstall);
    if (const QString file = m_model.refusedFileAt(index); !file.isEmpty()) {
        menu->addAction(tr("Try again"), this, [this, file] { Q_EMIT anotherTryWanted(file); });
    }
    if (const auto subject = m_model.subjectAt(index))
        addRuleActions(*menu, *subject);
    menu->addSeparator();
    menu->addAction(m_rescan);
    menu->addAction(symbolIcon(u"folder"_s), tr("Open plugin folder"), this,
                    &PluginPane::folderWanted);
    menu->addMenu(tr("Sort by"))->addActions(m_order->actions());
    menu->addMenu(tr("Columns"))->addActions(m_columns->actions());
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void PluginPane::addRuleActions(QMenu &menu, const RuleSubject &subject)
{
    menu.addSeparator();
    if (subject.crash && subject.crash->isQuarantined()) {
        menu.addAction(tr("Let it run again"), this, [this, crash = *subject.crash] {
            Q_EMIT liftWanted(crash.hash, crash.handler);
        });
    }
    const bool isEnabled = subject.policy.isEnabled.value;
    menu.addAction(isEnabled ? tr("Disable %1").arg(subject.title)
                             : tr("Enable %1").arg(subject.title),
                   this, [this, subject] { toggleEnabled(subject); });
    menu.addAction(tr("How it runs…"), this, [this, subject] {
        m_rules->setSubject(subject);
        m_rules->setUnfolded(true);
    });
}

} // namespace Fanfare
