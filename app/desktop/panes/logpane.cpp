// SPDX-License-Identifier: MIT
#include "logpane.h"

#include "desktop/appearance.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

LogPane::LogPane(RunModel &run, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_model(run)
    , m_filter(new QLineEdit(this))
    , m_summary(new QLabel(this))
    , m_toEnd(new QToolButton(this))
    , m_view(new QTableView(this))
{
    createView();
    createMenu();
    createLayout();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text.trimmed());
        refresh();
    });
    connect(m_toEnd, &QToolButton::clicked, this, [this] { setFollowing(true); });
    connect(&m_run, &RunModel::changed, this, &LogPane::refresh);
    refresh();
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
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void LogPane::createLayout()
{
    m_filter->setPlaceholderText(tr("Filter: text, handler, level"));
    m_filter->setAccessibleName(tr("Filter the log"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(320);
    setMuted(*m_summary);
    m_toEnd->setIcon(symbolIcon(u"down"_s));
    m_toEnd->setText(tr("Newest"));
    m_toEnd->setToolTip(tr("Go to the newest line and scroll along"));
    m_toEnd->setAccessibleName(m_toEnd->toolTip());
    m_toEnd->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toEnd->setAutoRaise(true);
    auto bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 4);
    bar->addWidget(m_filter, 1);
    bar->addSpacing(10);
    bar->addWidget(m_summary);
    bar->addStretch();
    bar->addWidget(m_toEnd);
    auto layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view);
}

void LogPane::refresh()
{
    m_isRefreshing = true;
    QScrollBar *bar = m_view->verticalScrollBar();
    const int removed = m_model.refresh();
    if (m_isFollowing)
        m_view->scrollToBottom();
    else if (removed > 0)
        bar->setValue(bar->value() - removed); // what the user reads stays where it is
    m_isRefreshing = false;
    refreshSummary();
}

void LogPane::refreshSummary()
{
    QString text = tr("%L1 lines").arg(m_run.lineCount());
    if (m_model.hiddenCount() > 0)
        text = tr("%L1 of %L2 lines").arg(m_model.rowCount()).arg(m_run.lineCount());
    if (m_run.forgottenLines() > 0)
        text += u" · "_s + tr("%L1 older ones forgotten").arg(m_run.forgottenLines());
    m_summary->setText(m_run.lineCount() == 0 ? tr("What handlers print appears here") : text);
    m_toEnd->setVisible(!m_isFollowing);
}

void LogPane::setFollowing(bool following)
{
    m_isFollowing = following;
    m_toEnd->setVisible(!following);
    if (following)
        m_view->scrollToBottom();
}

void LogPane::copyRows()
{
    QStringList lines;
    for (const QModelIndex &row : m_view->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < LogModel::ColumnCount; ++column)
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace Fanfare
