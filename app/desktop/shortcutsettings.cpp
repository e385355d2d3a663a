// SPDX-License-Identifier: MIT
#include "shortcutsettings.h"

#include "actionregistry.h"
#include "timeline/timelineactions.h"
#include "timeline/timelinekeys.h"
#include "timeline/timelinewidget.h"

#include <QAction>
#include <QSettings>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView keysGroup("shortcuts");
static constexpr QLatin1StringView timelinePrefix("timeline.");

using TimelineEntry = TimelineActions::Entry;

static QString keyOf(const QString &id)
{
    return keysGroup + u'/' + id;
}

static QList<QKeySequence> listOf(const QKeySequence &keys)
{
    return keys.isEmpty() ? QList<QKeySequence>() : QList{keys};
}

static QString idOf(const TimelineEntry &entry)
{
    return timelinePrefix + entry.id;
}

static std::optional<TimelineEntry> timelineEntry(const QString &id)
{
    const std::vector<TimelineEntry> entries = TimelineActions::entries();
    const auto found = std::ranges::find(entries, id, idOf);
    return found == entries.end() ? std::nullopt : std::optional(*found);
}

static Shortcut shortcutOf(const TimelineEntry &entry)
{
    const QKeySequence keys = timelineKeys().keysOf(entry.command, entry.keys);
    const bool isHeard = timelineKeys().commandFor(keys) == entry.command;
    return {idOf(entry),
            entry.text,
            ShortcutSettings::tr("Timeline"),
            {},
            isHeard ? listOf(keys) : QList<QKeySequence>()};
}

ShortcutSettings::ShortcutSettings(ActionRegistry &registry, QSettings &settings)
    : m_registry(registry)
    , m_settings(settings)
{
}

QList<Shortcut> ShortcutSettings::shortcuts() const
{
    QList<Shortcut> all;
    for (const QAction *action : m_registry.actions())
        all.append(find(m_registry.idOf(*action)));
    for (const TimelineEntry &entry : TimelineActions::entries())
        all.append(shortcutOf(entry));
    return all;
}

Shortcut ShortcutSettings::find(const QString &id) const
{
    if (const std::optional<TimelineEntry> entry = timelineEntry(id))
        return shortcutOf(*entry);
    const QAction *action = m_registry.find(id);
    return action ? Shortcut{id, action->text().remove(u'&'), m_registry.placeOf(*action),
                             action->icon(), action->shortcuts()}
                  : Shortcut();
}

void ShortcutSettings::restore()
{
    for (QAction *action : m_registry.actions()) {
        const QVariant saved = m_settings.value(keyOf(m_registry.idOf(*action)));
        if (saved.isValid())
            m_registry.setKeys(*action,
                               listOf(QKeySequence(saved.toString(), QKeySequence::PortableText)));
    }
    TimelineKeys keys;
    for (const TimelineEntry &entry : TimelineActions::entries()) {
        const QVariant saved = m_settings.value(keyOf(idOf(entry)));
        if (saved.isValid())
            keys.choose(entry.command, QKeySequence(saved.toString(), QKeySequence::PortableText));
    }
    setTimelineKeys(keys);
    tellTimelines();
}

/// Those that are open; later ones ask for themselves.
void ShortcutSettings::tellTimelines() const
{
    for (TimelineWidget *timeline : m_registry.window().findChildren<TimelineWidget *>())
        timeline->refreshKeys();
}

QString ShortcutSettings::timelineOwnerOf(const QKeySequence &keys, const QString &besides) const
{
    const TimelineCommand command = timelineKeys().commandFor(keys);
    for (const TimelineEntry &entry : TimelineActions::entries()) {
        if (entry.command == command && idOf(entry) != besides)
            return tr("“%1” of the timeline").arg(entry.text);
    }
    return {};
}

/// Who else has \a keys, in words. What \a besides came with it may share: the timeline and the
/// window both undo with the same keys.
QString ShortcutSettings::ownerOf(const QKeySequence &keys, const QString &besides) const
{
    if (keys.isEmpty())
        return {};
    const std::optional<TimelineEntry> entry = timelineEntry(besides);
    const QAction *action = m_registry.find(besides);
    const QAction *inWindow = m_registry.ownerOf(keys, action);
    const QString inTimeline = timelineOwnerOf(keys, besides);
    const bool isOriginal =
        entry ? entry->keys == keys : action && m_registry.defaultKeys(*action).contains(keys);
    if (inWindow && !(entry && isOriginal))
        return tr("“%1”").arg(inWindow->text().remove(u'&'));
    return action && isOriginal ? QString() : inTimeline;
}

Result<void> ShortcutSettings::setKeys(const QString &id, const QKeySequence &keys)
{
    const QString shown = keys.toString(QKeySequence::NativeText);
    if (const QString owner = ownerOf(keys, id); !owner.isEmpty())
        return Error{ErrorCode::InvalidArgument,
                     tr("%1 belongs to %2 already. Take it away there first, or press other keys.")
                         .arg(shown, owner)};
    const std::optional<TimelineEntry> entry = timelineEntry(id);
    if (entry && keys.count() > 1)
        return Error{ErrorCode::InvalidArgument,
                     tr("The timeline hears one key at a time, not %1: press a single key, with "
                        "Ctrl, Alt or Shift or without.")
                         .arg(shown)};
    if (entry) {
        TimelineKeys all = timelineKeys();
        all.choose(entry->command, keys);
        setTimelineKeys(all);
        tellTimelines();
    } else if (QAction *action = m_registry.find(id)) {
        m_registry.setKeys(*action, listOf(keys));
    }
    m_settings.setValue(keyOf(id), keys.toString(QKeySequence::PortableText));
    return {};
}

void ShortcutSettings::reset(const QString &id)
{
    if (const std::optional<TimelineEntry> entry = timelineEntry(id)) {
        TimelineKeys all = timelineKeys();
        all.reset(entry->command);
        setTimelineKeys(all);
        tellTimelines();
    } else if (QAction *action = m_registry.find(id)) {
        QList<QKeySequence> keys = m_registry.defaultKeys(*action);
        keys.removeIf([&](const QKeySequence &key) { return m_registry.ownerOf(key, action); });
        m_registry.setKeys(*action, keys);
    }
    m_settings.remove(keyOf(id));
}

QMap<QString, QKeySequence> ShortcutSettings::chosen() const
{
    QMap<QString, QKeySequence> keys;
    for (const Shortcut &shortcut : shortcuts()) {
        const QVariant saved = m_settings.value(keyOf(shortcut.id));
        if (saved.isValid())
            keys.insert(shortcut.id, QKeySequence(saved.toString(), QKeySequence::PortableText));
    }
    return keys;
}

/// What \a id comes with.
QList<QKeySequence> ShortcutSettings::originalKeys(const QString &id) const
{
    if (const std::optional<TimelineEntry> entry = timelineEntry(id))
        return listOf(entry->keys);
    const QAction *action = m_registry.find(id);
    return action ? m_registry.defaultKeys(*action) : QList<QKeySequence>();
}

Result<void> ShortcutSettings::check(const QMap<QString, QKeySequence> &keys) const
{
    QMap<QString, Shortcut> owners; // by keys
    for (const Shortcut &shortcut : shortcuts()) {
        const bool isChosen = keys.contains(shortcut.id);
        const QList<QKeySequence> all =
            isChosen ? listOf(keys[shortcut.id]) : originalKeys(shortcut.id);
        for (const QKeySequence &key : all) {
            const QString shown = key.toString(QKeySequence::NativeText);
            const auto other = owners.constFind(shown);
            // What both came with they may share, as undo of the window and of the timeline.
            const bool isOwn = originalKeys(shortcut.id).contains(key);
            if (other != owners.constEnd() && !(isOwn && originalKeys(other->id).contains(key)))
                return Error{ErrorCode::InvalidArgument,
                             tr("/shortcuts/%1: %2 would belong to both “%3” and “%4”. Give one of "
                                "them other keys.")
                                 .arg(isChosen ? shortcut.id : other->id, shown, other->text,
                                      shortcut.text)};
            owners.insert(shown, shortcut);
        }
    }
    return {};
}

void ShortcutSettings::choose(const QMap<QString, QKeySequence> &keys)
{
    for (const Shortcut &shortcut : shortcuts()) {
        if (keys.contains(shortcut.id)) {
            m_settings.setValue(keyOf(shortcut.id),
                                keys[shortcut.id].toString(QKeySequence::PortableText));
            continue;
        }
        m_settings.remove(keyOf(shortcut.id));
        if (QAction *action = m_registry.find(shortcut.id))
            m_registry.setKeys(*action, m_registry.defaultKeys(*action));
    }
    restore();
}

} // namespace Fanfare
