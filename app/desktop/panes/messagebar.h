// SPDX-License-Identifier: MIT
#pragma once

#include "messagearea.h"

#include <QFrame>

class QLabel;

namespace Fanfare {

/// One message of a MessageArea.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(const Message &message, QWidget *parent = nullptr);

    QString text() const;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void createLayout(const Message &message);

    Accent m_accent;
    QLabel *m_text;
};

} // namespace Fanfare
