// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QCoreApplication>
#include <QKeySequence>

class QAction;
class QSettings;

namespace Fanfare {

class ActionRegistry;

/// The keys the user gave to actions, remembered by the ids of the actions.
///
/// Threads: [gui].
class ShortcutSettings final
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::ShortcutSettings)

public:
    ShortcutSettings(ActionRegistry &registry, QSettings &settings);

    ActionRegistry &registry() const { return m_registry; }
    void restore(); ///< what was saved; actions that are gone are passed over

    /// Gives \a action exactly these keys, none when empty. InvalidArgument with a sentence when
    /// another action has them.
    Result<void> setKeys(QAction &action, const QKeySequence &keys);

    /// Gives \a action what it came with, but for keys that another action has now.
    void reset(QAction &action);

private:
    ActionRegistry &m_registry;
    QSettings &m_settings;
};

} // namespace Fanfare
