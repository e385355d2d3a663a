// SPDX-License-Identifier: MIT
// What the pane is made of.
#include "crashsection.h"
#include "desktop/appearance.h"
#include "detailspane.h"
#include "laneview.h"
#include "neighborlinks.h"
#include "rankstrip.h"
#include "siblinglist.h"
#include "taskfacts.h"
#include "tasksview.h"
#include "textblock.h"
#include "valuesection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

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
    m_facts = new TaskFacts(this);
    column->addWidget(m_facts);
    m_rank = new RankStrip(this);
    column->addWidget(m_rank);
    m_neighbors = new NeighborLinks(this);
    column->addWidget(m_neighbors);
    connect(m_neighbors, &NeighborLinks::taskChosen, this, &DetailsPane::taskChosen);
    m_workerFacts = addSmallText(*column, tr("Worker so far"));
    m_error = addSection(*column, tr("Error"), 12);
    m_crash = new CrashSection(this);
    column->addWidget(m_crash);
    m_result = new ValueSection(tr("Result"), 14, this);
    column->addWidget(m_result);
    m_arguments = new ValueSection(tr("Arguments"), 12, this);
    column->addWidget(m_arguments);
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
    m_pages->addWidget(m_side);
    m_lane = new LaneView(this);
    auto laneScroll = new QScrollArea(this);
    laneScroll->setWidget(m_lane);
    laneScroll->setWidgetResizable(true);
    laneScroll->setFrameShape(QFrame::NoFrame);
    m_pages->addWidget(laneScroll);
    connect(m_lane, &LaneView::taskChosen, this, &DetailsPane::taskChosen);
    connect(m_side, &TasksView::taskChosen, this, &DetailsPane::taskChosen);
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
    m_subtitle->setWordWrap(true);
    auto words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    for (QLabel *label : {m_title, m_subtitle})
        label->setMinimumWidth(80); // a long name must not push the buttons out of the pane
    auto buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    createButtons(*buttons);
    row->addLayout(buttons);
    column.addLayout(row);
    column.addSpacing(4);
}

QToolButton *DetailsPane::addButton(QHBoxLayout &row, const QString &icon, const QString &text)
{
    auto button = new QToolButton(this);
    button->setIcon(symbolIcon(icon));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    row.addWidget(button, 0, Qt::AlignTop);
    return button;
}

void DetailsPane::createButtons(QHBoxLayout &row)
{
    m_cancel = addButton(row, u"stop"_s, tr("Cancel all tasks of this emission"));
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_task)
            Q_EMIT cancelWanted(m_task->emission);
    });
    m_toLog = addButton(row, u"lines"_s, tr("Show the lines of this task in the log"));
    connect(m_toLog, &QToolButton::clicked, this, [this] {
        if (m_task)
            Q_EMIT linesWanted(*m_task);
    });
    QToolButton *copy = addButton(row, u"copy"_s, tr("Copy all about this task as JSON"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(json()); });
    QToolButton *link = addButton(row, u"link"_s, tr("Copy the link to this task"));
    connect(link, &QToolButton::clicked, this, [this] {
        if (m_task)
            Q_EMIT linkWanted(*m_task);
    });
    m_lock = addButton(row, u"pin"_s, tr("Keep the pane on this task"));
    m_lock->setCheckable(true);
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

QLabel *DetailsPane::addSmallText(QVBoxLayout &column, const QString &name)
{
    auto text = new QLabel(this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setAccessibleName(name);
    setMuted(*text);
    column.addWidget(text);
    return text;
}

void DetailsPane::createSiblings(QVBoxLayout &column)
{
    m_siblingsHeading = addHeading(column, tr("Same emission"));
    m_emissionFacts = addSmallText(column, tr("The emission"));
    m_siblings = new SiblingList(this);
    column.addWidget(m_siblings);
    connect(m_siblings, &SiblingList::taskChosen, this, &DetailsPane::taskChosen);
}

} // namespace Fanfare
