// SPDX-License-Identifier: MIT
#include "logrulerow.h"

#include "desktop/appearance.h"
#include "desktop/models/logfilter.h"
#include "desktop/models/logmodel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// What the rows it stands for will look like.
static QIcon swatch(Tint tint, const QPalette &palette)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(tintColor(tint, palette));
    QPainter painter(&pixmap);
    painter.setPen(palette.color(QPalette::Text));
    painter.drawRect(0, 0, 15, 15);
    return pixmap;
}

LogRuleRow::LogRuleRow(const LogRule &rule, QWidget *parent)
    : QWidget(parent)
    , m_tint(new QComboBox(this))
    , m_text(new QLineEdit(rule.text, this))
    , m_level(new QComboBox(this))
    , m_source(new QLineEdit(rule.source, this))
{
    createInputs(rule);
    createLayout();
    connect(m_tint, &QComboBox::currentIndexChanged, this, &LogRuleRow::changed);
    connect(m_text, &QLineEdit::textChanged, this, &LogRuleRow::changed);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogRuleRow::changed);
    connect(m_source, &QLineEdit::textChanged, this, &LogRuleRow::changed);
}

void LogRuleRow::createInputs(const LogRule &rule)
{
    for (int i = 0; i < tintCount; ++i)
        m_tint->addItem(swatch(Tint(i), palette()), tintText(Tint(i)));
    m_tint->setCurrentIndex(int(rule.tint));
    m_level->addItem(tr("Any level"));
    for (size_t level = 0; level < LogFilter::levelCount; ++level)
        m_level->addItem(levelText(LogLevel(level)));
    m_level->setCurrentIndex(rule.level ? int(*rule.level) + 1 : 0);
    m_text->setPlaceholderText(tr("Text or /expression/"));
    m_text->setMinimumWidth(180);
    m_source->setPlaceholderText(tr("Any emission, handler, worker"));
    m_source->setToolTip(tr("What stands in the column Task: #12, a handler, a worker or engine"));
    m_source->setMinimumWidth(160);
    setFocusProxy(m_text);
}

void LogRuleRow::createLayout()
{
    auto layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tint);
    layout->addWidget(m_text, 3);
    layout->addWidget(m_level);
    layout->addWidget(m_source, 2);
    const auto add = [&](const QString &tip, void (LogRuleRow::*wanted)()) {
        auto button = new QToolButton(this);
        button->setToolTip(tip);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, wanted);
        layout->addWidget(button);
        return button;
    };
    m_up = add(tr("Further up: of the rules for a line the first counts"), &LogRuleRow::upWanted);
    m_up->setArrowType(Qt::UpArrow);
    m_remove = add(tr("Remove this rule"), &LogRuleRow::removeWanted);
    m_remove->setIcon(symbolIcon(u"close"_s));
}

void LogRuleRow::setNumber(int number)
{
    m_tint->setAccessibleName(tr("Color of rule %1").arg(number));
    m_text->setAccessibleName(tr("Text of rule %1").arg(number));
    m_level->setAccessibleName(tr("Level of rule %1").arg(number));
    m_source->setAccessibleName(tr("Emission, handler or worker of rule %1").arg(number));
    m_up->setAccessibleName(tr("Move rule %1 further up").arg(number));
    m_remove->setAccessibleName(tr("Remove rule %1").arg(number));
    m_up->setEnabled(number > 1);
}

LogRule LogRuleRow::rule() const
{
    LogRule rule;
    rule.text = m_text->text();
    if (m_level->currentIndex() > 0)
        rule.level = LogLevel(m_level->currentIndex() - 1);
    rule.source = m_source->text().trimmed();
    rule.tint = Tint(m_tint->currentIndex());
    return rule;
}

QString LogRuleRow::problem() const
{
    return LogPattern(m_text->text()).problem();
}

} // namespace Fanfare
