// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/appearance.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace Fanfare {

/// A sentence for the user, with at most one way out.
struct Message
{
    QString key;                     ///< a message replaces the one with the same key
    Accent accent = Accent::Neutral; ///< Bad, Caution or Neutral
    QString text;
    QString actionText;           ///< empty: no button
    std::function<void()> action; ///< the message goes away with it
};

/// Messages above the content of a window, the newest at the top. Never modal; every one stays
/// until it is closed, replaced or withdrawn.
class MessageArea final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageArea(QWidget *parent = nullptr);

    void showMessage(const Message &message);
    void withdraw(const QString &key);

    /// The text of the message with \a key, or an empty string.
    QString text(const QString &key) const;

private:
    QVBoxLayout *m_layout;
    QHash<QString, QWidget *> m_bars;
};

} // namespace Fanfare
