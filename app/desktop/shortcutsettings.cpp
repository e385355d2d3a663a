// SPDX-License-Identifier: MIT
#include "shortcutsettings.h"

#include "actionregistry.h"

#include <QAction>
#include <QSettings>

namespace Fanfare {

static constexpr QLatin1StringView keysGroup("shortcuts");

static QString keyOf(const QString &id)
{
    return keysGroup + u'/' + id;
}

ShortcutSettings::ShortcutSettings(ActionRegistry &registry, QSettings &settings)
    : m_registry(registry)
    , m_settings(settings)
{
}

void ShortcutSettings::restore()
{
    for (QAction *action : m_registry.actions()) {
        const QVariant saved = m_settings.value(keyOf(m_registry.idOf(*action)));
        if (saved.isValid()) {
            const QKeySequence keys(saved.toString(), QKeySequence::PortableText);
            m_registry.setKeys(*action, keys.isEmpty() ? QList<QKeySequence>() : QList{keys});
        }
    }
}

Result<void> ShortcutSettings::setKeys(QAction &action, const QKeySequence &keys)
{
    if (const QAction *owner = m_registry.ownerOf(keys, &action)) {
        return Error{
            ErrorCode::InvalidArgument,
            tr("%1 belongs to “%2” already. Take it away there first, or press other keys.")
                .arg(keys.toString(QKeySequence::NativeText), owner->text())};
    }
    m_registry.setKeys(action, keys.isEmpty() ? QList<QKeySequence>() : QList{keys});
    m_settings.setValue(keyOf(m_registry.idOf(action)), keys.toString(QKeySequence::PortableText));
    return {};
}

void ShortcutSettings::reset(QAction &action)
{
    QList<QKeySequence> keys = m_registry.defaultKeys(action);
    keys.removeIf([&](const QKeySequence &key) { return m_registry.ownerOf(key, &action); });
    m_registry.setKeys(action, keys);
    m_settings.remove(keyOf(m_registry.idOf(action)));
}

} // namespace Fanfare
