// SPDX-License-Identifier: MIT
#include "desktop/timeline/filterbar.h"

#include "desktop/appearance.h"
#include "desktop/timeline/timelinewidget.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(TimelineWidget &timeline, QWidget *parent)
    : QWidget(parent)
    , m_timeline(timeline)
    , m_text(new QLineEdit(this))
    , m_summary(new QLabel(this))
{
    m_text->setPlaceholderText(tr("handler:sleep* wait>5ms outcome:failed worker:process/2"));
    m_text->setAccessibleName(tr("Filter of the timeline"));
    m_text->setClearButtonEnabled(true);
    m_text->setToolTip(tr("Terms that all must hold: handler, plugin, event, worker, outcome, "
                          "emission with a colon, wait and run with < or >. A word alone is looked "
                          "for in all names, a minus asks for the opposite."));
    m_text->installEventFilter(this);
    createButtons();
    createLayout();
    connect(m_text, &QLineEdit::textChanged, &m_timeline, &TimelineWidget::setFilter);
    connect(&m_timeline, &TimelineWidget::filterChanged, this, &FilterBar::refresh);
    hide();
}

QToolButton *FilterBar::button(const QString &text, const QString &tip)
{
    auto button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

void FilterBar::createButtons()
{
    m_previous = button(u"\u25b2"_s, tr("Previous match (Shift+Enter)"));
    m_next = button(u"\u25bc"_s, tr("Next match (Enter)"));
    m_hide = button(tr("Hide others"), tr("Hide what does not match instead of dimming it"));
    m_hide->setCheckable(true);
    m_close = button(QString(), tr("No filter (Esc, twice)"));
    m_close->setIcon(symbolIcon(u"close"_s));
    connect(m_previous, &QToolButton::clicked, &m_timeline, [this] { m_timeline.previousMatch(); });
    connect(m_next, &QToolButton::clicked, &m_timeline, [this] { m_timeline.nextMatch(); });
    connect(m_hide, &QToolButton::toggled, &m_timeline, &TimelineWidget::setFilterHidesOthers);
    connect(m_close, &QToolButton::clicked, m_text, &QLineEdit::clear);
    connect(m_close, &QToolButton::clicked, this, &FilterBar::hide);
}

void FilterBar::createLayout()
{
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 8, 5);
    row->setSpacing(4);
    auto name = new QLabel(tr("Filter"), this);
    setMuted(*name);
    row->addWidget(name);
    row->addSpacing(4);
    row->addWidget(m_text, 3);
    row->addSpacing(6);
    row->addWidget(m_summary, 2);
    for (QToolButton *button : {m_previous, m_next, m_hide, m_close})
        row->addWidget(button);
}

void FilterBar::open()
{
    show();
    refresh();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::leave()
{
    m_timeline.setFocus();
    if (m_text->text().isEmpty())
        hide();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key->modifiers() & Qt::ShiftModifier)
            m_timeline.previousMatch();
        else
            m_timeline.nextMatch();
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void FilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh();
    QWidget::changeEvent(event);
}

static QString summaryText(const TimelineWidget::FilterState &state)
{
    const QString count = QLocale().toString(qulonglong(state.count));
    if (state.isCounting)
        return FilterBar::tr("%1 so far \u2026").arg(count);
    if (state.position == 0)
        return state.count == 1 ? FilterBar::tr("1 match") : FilterBar::tr("%1 matches").arg(count);
    return FilterBar::tr("%1 of %2").arg(QLocale().toString(qulonglong(state.position)), count);
}

void FilterBar::refresh()
{
    const TimelineWidget::FilterState state = m_timeline.filterState();
    if (m_text->text() != state.text) {
        const QSignalBlocker quiet(m_text);
        m_text->setText(state.text);
    }
    if (!state.text.isEmpty() && isHidden())
        show();
    m_hide->setChecked(state.hidesOthers);
    const bool isWrong = !state.error.isEmpty();
    const bool isActive = !isWrong && !state.text.trimmed().isEmpty();
    m_summary->setText(isWrong ? state.error : isActive ? summaryText(state) : QString());
    m_summary->setToolTip(state.error);
    m_summary->setWordWrap(isWrong);
    QPalette colors = palette();
    if (isWrong)
        colors.setColor(QPalette::WindowText, accentColor(Accent::Bad, palette()));
    m_summary->setPalette(colors);
    m_previous->setEnabled(isActive && state.count > 0);
    m_next->setEnabled(isActive && state.count > 0);
}

} // namespace Fanfare
