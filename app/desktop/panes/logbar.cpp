// SPDX-License-Identifier: MIT
#include "logbar.h"

#include "desktop/appearance.h"
#include "desktop/models/logmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

LogBar::LogBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_levels(new QToolButton(this))
    , m_levelMenu(new QMenu(this))
    , m_handler(new QComboBox(this))
    , m_selection(addSwitch(tr("Selection"),
                            tr("Only lines of the marked area, or else of the selected task")))
    , m_folding(addSwitch(tr("Fold"), tr("Lines that repeat share a row, with their number")))
    , m_rules(new QToolButton(this))
    , m_summary(new QLabel(this))
    , m_newest(new QToolButton(this))
{
    createInputs();
    createLevels();
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 6, 4);
    row->addWidget(m_text, 1);
    row->addWidget(m_levels);
    row->addWidget(m_handler);
    row->addWidget(m_selection);
    row->addWidget(m_folding);
    row->addWidget(m_rules);
    row->addSpacing(6);
    row->addWidget(m_summary, 1);
    row->addWidget(m_newest);
    connect(m_text, &QLineEdit::textChanged, this, &LogBar::changed);
    connect(m_handler, &QComboBox::currentIndexChanged, this, &LogBar::changed);
    connect(m_rules, &QToolButton::clicked, this, &LogBar::rulesWanted);
    connect(m_newest, &QToolButton::clicked, this, &LogBar::newestWanted);
}

QCheckBox *LogBar::addSwitch(const QString &text, const QString &tip)
{
    auto box = new QCheckBox(text, this);
    box->setToolTip(tip);
    box->setAccessibleDescription(tip);
    connect(box, &QCheckBox::toggled, this, &LogBar::changed);
    return box;
}

void LogBar::createInputs()
{
    m_text->setPlaceholderText(tr("Filter: text or /expression/"));
    m_text->setToolTip(tr("Text, handler, worker or level; between slashes a regular expression"));
    m_text->setAccessibleName(tr("Filter the log"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(120);
    m_text->setMaximumWidth(320);
    m_handler->addItem(tr("All handlers"));
    m_handler->setAccessibleName(tr("Handler whose lines are shown"));
    m_handler->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_handler->setMinimumContentsLength(10);
    m_folding->setChecked(true);
    m_rules->setText(tr("Highlight…"));
    m_rules->setToolTip(tr("Give the lines that are alike a color"));
    m_rules->setFocusPolicy(Qt::TabFocus);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_newest->setIcon(symbolIcon(u"down"_s));
    m_newest->setText(tr("Newest"));
    m_newest->setToolTip(tr("Go to the newest line and scroll along"));
    m_newest->setAccessibleName(m_newest->toolTip());
    m_newest->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_newest->setAutoRaise(true);
    m_newest->setFocusPolicy(Qt::TabFocus);
}

void LogBar::createLevels()
{
    for (size_t level = 0; level < LogFilter::levelCount; ++level) {
        QAction *action = m_levelMenu->addAction(levelText(LogLevel(level)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, &LogBar::changed);
    }
    m_levels->setText(tr("Levels"));
    m_levels->setToolTip(tr("Which levels are shown"));
    m_levels->setAccessibleName(m_levels->toolTip());
    m_levels->setMenu(m_levelMenu);
    m_levels->setPopupMode(QToolButton::InstantPopup);
    m_levels->setFocusPolicy(Qt::TabFocus);
}

void LogBar::readInto(LogFilter &filter) const
{
    filter.setText(m_text->text().trimmed());
    filter.setHandler(m_handler->currentIndex() > 0 ? m_handler->currentText() : QString());
    const QList<QAction *> levels = m_levelMenu->actions();
    for (qsizetype level = 0; level < levels.size(); ++level)
        filter.setShown(LogLevel(level), levels[level]->isChecked());
}

bool LogBar::isFolding() const
{
    return m_folding->isChecked();
}

bool LogBar::isForSelection() const
{
    return m_selection->isChecked();
}

void LogBar::setHandlers(const QStringList &handlers)
{
    const QSignalBlocker quiet(m_handler);
    const QString chosen = m_handler->currentIndex() > 0 ? m_handler->currentText() : QString();
    while (m_handler->count() > 1)
        m_handler->removeItem(1);
    m_handler->addItems(handlers);
    if (!chosen.isEmpty() && !handlers.contains(chosen))
        m_handler->addItem(chosen); // its lines are still there
    m_handler->setCurrentIndex(chosen.isEmpty() ? 0 : m_handler->findText(chosen));
}

void LogBar::setForSelection(bool only)
{
    m_selection->setChecked(only);
}

void LogBar::setSummary(const QString &text, const QString &problem)
{
    m_summary->setText(problem.isEmpty() ? text : problem);
    m_summary->setToolTip(m_summary->text());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    accentColor(problem.isEmpty() ? Accent::Neutral : Accent::Bad, colors));
    m_summary->setPalette(colors);
}

void LogBar::setFollowing(bool following)
{
    m_newest->setVisible(!following);
}

void LogBar::reset()
{
    {
        const QSignalBlocker quiet(this);
        m_text->clear();
        m_handler->setCurrentIndex(0);
        m_selection->setChecked(false);
        for (QAction *level : m_levelMenu->actions())
            level->setChecked(true);
    }
    Q_EMIT changed();
}

void LogBar::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

} // namespace Fanfare
