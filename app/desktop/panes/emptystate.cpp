// SPDX-License-Identifier: MIT
#include "emptystate.h"

#include "desktop/appearance.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Fanfare {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_link(new QLabel(this))
{
    connect(m_link, &QLabel::linkActivated, this, &EmptyState::linkWanted);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    setMuted(*m_text);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->addStretch();
    column->addWidget(m_text);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addWidget(m_link, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionWanted);
}

void EmptyState::setState(const QString &text, const QString &actionText, const QString &linkText)
{
    m_text->setText(text);
    m_button->setText(actionText);
    m_button->setVisible(!actionText.isEmpty());
    m_link->setText(QStringLiteral("<a href=\"more\">%1</a>").arg(linkText.toHtmlEscaped()));
    m_link->setAccessibleName(linkText);
    m_link->setVisible(!linkText.isEmpty());
    m_link->setTextInteractionFlags(linkText.isEmpty() ? Qt::TextInteractionFlags()
                                                       : Qt::LinksAccessibleByMouse
                                            | Qt::LinksAccessibleByKeyboard);
}

QString EmptyState::text() const
{
    return m_text->text();
}

QString EmptyState::actionText() const
{
    return m_button->text();
}

/// The same ground as the list it stands for.
void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(QPalette::Base));
}

} // namespace Fanfare
