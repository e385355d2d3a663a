// SPDX-License-Identifier: MIT
#include "messagebar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString iconName(Accent accent)
{
    if (accent == Accent::Bad)
        return u"error"_s;
    return accent == Accent::Caution ? u"warning"_s : u"information"_s;
}

MessageBar::MessageBar(const Message &message, QWidget *parent)
    : QFrame(parent)
    , m_accent(message.accent)
    , m_text(new QLabel(message.text, this))
{
    setAccessibleName(message.text);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    createLayout(message);
}

void MessageBar::createLayout(const Message &message)
{
    auto layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 8, 6);
    layout->setSpacing(10);
    auto icon = new QLabel(this);
    icon->setPixmap(symbolIcon(iconName(m_accent), m_accent).pixmap(20, 20));
    layout->addWidget(icon);
    layout->addWidget(m_text, 1);
    if (!message.actionText.isEmpty()) {
        auto button = new QPushButton(message.actionText, this);
        connect(button, &QPushButton::clicked, this, [this, action = message.action] {
            action();
            Q_EMIT closed();
        });
        layout->addWidget(button);
    }
    auto close = new QToolButton(this);
    close->setIcon(symbolIcon(u"close"_s));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &MessageBar::closed);
    layout->addWidget(close);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor accent = accentColor(m_accent, palette());
    const QColor ground = palette().color(QPalette::Window);
    painter.fillRect(rect(), blended(ground, accent, 0.12));
    painter.fillRect(QRect(0, 0, 4, height()), accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), blended(ground, accent, 0.35));
}

} // namespace Fanfare
