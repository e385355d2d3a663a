// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QCoreApplication>
#include <QIcon>
#include <QKeySequence>
#include <QList>
#include <QMap>

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

    QMap<QString, QKeySequence> chosen() const; ///< what the user gave, by id

    /// A sentence when \a keys cannot all be, such as two actions with the same; actions of other
    /// versions are passed over.
    Result<void> check(const QMap<QString, QKeySequence> &keys) const;

    /// In place of all that the user gave before.
    void choose(const QMap<QString, QKeySequence> &keys);

private:
    QList<QKeySequence> originalKeys(const QString &id) const;
    QString ownerOf(const QKeySequence &keys, const QString &besides) const;
    QString timelineOwnerOf(const QKeySequence &keys, const QString &besides) const;
    void tellTimelines() const;

    ActionRegistry &m_registry;
    QSettings &m_settings;
};

} // namespace Fanfare
