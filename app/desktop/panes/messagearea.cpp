// SPDX-License-Identifier: MIT
#include "messagearea.h"

#include "messagebar.h"

#include <QVBoxLayout>

namespace Fanfare {

MessageArea::MessageArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    hide();
}

void MessageArea::showMessage(const Message &message)
{
    withdraw(message.key);
    auto bar = new MessageBar(message, this);
    connect(bar, &MessageBar::closed, this, [this, key = message.key] { withdraw(key); });
    m_layout->insertWidget(0, bar);
    m_bars.insert(message.key, bar);
    show();
}

void MessageArea::withdraw(const QString &key)
{
    if (QWidget *bar = m_bars.take(key)) {
        m_layout->removeWidget(bar);
        bar->hide();
        bar->deleteLater();
    }
    setVisible(!m_bars.isEmpty());
}

QString MessageArea::text(const QString &key) const
{
    const auto bar = qobject_cast<MessageBar *>(m_bars.value(key));
    return bar ? bar->text() : QString();
}

} // namespace Fanfare
