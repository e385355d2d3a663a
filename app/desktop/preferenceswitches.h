// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAction;
class QActionGroup;

namespace Fanfare {

class ActionRegistry;
class Preferences;

/// The values of a preference as switches of a submenu, of which one is on. What is chosen, here or
/// elsewhere, holds at once and for the next time.
///
/// Threads: [gui].
class PreferenceSwitches final : public QObject
{
    Q_OBJECT

public:
    struct Choice
    {
        QString value; ///< of the preference
        QString text;
    };
    struct Menu
    {
        QString key; ///< of the preference
        QString id;  ///< of the actions, before a dot and the value
        QString title;
        QList<Choice> choices;
    };
    using Apply = std::function<void(const QString &value)>;

    PreferenceSwitches(ActionRegistry &registry, Preferences &preferences, const Menu &menu,
                       Apply apply, QObject *parent = nullptr);

    void setShown(const QString &value); ///< that switch is on; nothing is applied
    void apply();                        ///< what the preference says now

private:
    Preferences &m_preferences;
    const QString m_key;
    const Apply m_apply;
    QHash<QString, QAction *> m_actions; ///< by value
};

} // namespace Fanfare
