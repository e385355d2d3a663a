// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QCoreApplication>
#include <QIcon>
#include <QKeySequence>
#include <QList>

class QAction;
class QSettings;

namespace Fanfare {

class ActionRegistry;

/// Something that keys can call: an action of the window, or what a timeline does while it has the
/// focus.
struct Shortcut
{
    QString id; ///< of the action; those of the timeline begin with "timeline."
    QString text;
    QString place; ///< "View › Theme", "Timeline"; empty: in no menu
    QIcon icon;
    QList<QKeySequence> keys;
};

/// The keys the user gave to actions and to the timeline, remembered by ids.
///
/// Threads: [gui].
class ShortcutSettings final
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::ShortcutSettings)

public:
    ShortcutSettings(ActionRegistry &registry, QSettings &settings);

    QList<Shortcut> shortcuts() const; ///< all there are, those of the window first
    Shortcut find(const QString &id) const;
    void restore(); ///< what was saved; actions that are gone are passed over

    /// Gives \a id exactly these keys, none when empty. InvalidArgument with a sentence when
    /// another one has them, or when the timeline cannot hear them.
    Result<void> setKeys(const QString &id, const QKeySequence &keys);

    /// Gives \a id what it came with, but for keys that another one has now.
    void reset(const QString &id);

private:
    QString ownerOf(const QKeySequence &keys, const QString &besides) const;
    QString timelineOwnerOf(const QKeySequence &keys, const QString &besides) const;
    void tellTimelines() const;

    ActionRegistry &m_registry;
    QSettings &m_settings;
};

} // namespace Fanfare
