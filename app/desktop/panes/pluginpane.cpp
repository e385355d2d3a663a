// SPDX-License-Identifier: MIT
#include "pluginpane.h"

#include "desktop/appearance.h"
#include "sentencedelegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

PluginPane::PluginPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_model(run)
    , m_view(new QTreeView(this))
{
    createView();
    createLayout();
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(250ms);
    connect(&m_countTimer, &QTimer::timeout, &m_model, &PluginModel::refreshCounts);
    connect(&m_run, &RunModel::changed, this, &PluginPane::refreshCountsSoon);
    connect(&m_run, &RunModel::catalogChanged, this, &PluginPane::reload);
    reload();
}

void PluginPane::createView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Plugins, their events and handlers"));
    m_view->setUniformRowHeights(false);
    m_view->setWordWrap(true);
    m_view->setItemDelegate(new SentenceDelegate(*m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(16);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_view->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(44);
    header->setSectionResizeMode(PluginModel::NameColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(PluginModel::CallsColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(PluginModel::FailuresColumn, QHeaderView::ResizeToContents);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &PluginPane::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const QString event = m_model.eventAt(current);
                if (!event.isEmpty() && !m_isReloading)
                    Q_EMIT eventChosen(event);
            });
    connect(m_view, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const QString event = m_model.eventAt(index); !event.isEmpty())
            Q_EMIT emitWanted(event);
    });
}

void PluginPane::createLayout()
{
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
}

void PluginPane::reload()
{
    const QString chosen = m_model.eventAt(m_view->currentIndex());
    const int position = m_view->verticalScrollBar()->value();
    m_model.reload();
    m_view->expandAll();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex plugin = m_model.index(row, 0);
        if (m_model.index(0, 0, plugin).data(PluginModel::IsSentenceRole).toBool())
            m_view->setFirstColumnSpanned(0, plugin, true);
    }
    select(chosen);
    m_view->verticalScrollBar()->setValue(position);
}

/// The catalog may change at any time and must not take the choice away, nor make it again.
void PluginPane::select(const QString &event)
{
    const QScopedValueRollback reloading(m_isReloading, true);
    for (int row = 0; !event.isEmpty() && row < m_model.rowCount(); ++row) {
        const QModelIndex plugin = m_model.index(row, 0);
        for (int child = 0; child < m_model.rowCount(plugin); ++child) {
            const QModelIndex index = m_model.index(child, 0, plugin);
            if (m_model.eventAt(index) == event)
                return m_view->setCurrentIndex(index);
        }
    }
}

void PluginPane::refreshCountsSoon()
{
    if (m_run.spanCount() == 0)
        m_model.refreshCounts();
    else if (!m_countTimer.isActive())
        m_countTimer.start();
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
    }
    if (const QString file = m_model.refusedFileAt(index); !file.isEmpty()) {
        menu->addAction(tr("Try again"), this, [this, file] { Q_EMIT anotherTryWanted(file); });
    }
    menu->addSeparator();
    menu->addAction(symbolIcon(u"folder"_s), tr("Open plugin folder"), this,
                    &PluginPane::folderWanted);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace Fanfare
