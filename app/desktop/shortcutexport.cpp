// SPDX-License-Identifier: MIT
#include "shortcutexport.h"

#include "shortcutsettings.h"

#include <QMap>

namespace Fanfare {

using namespace Qt::StringLiterals;

using ChosenKeys = QMap<QString, QKeySequence>;

static QJsonValue toJson(const ChosenKeys &keys)
{
    QJsonObject json;
    for (auto entry = keys.begin(); entry != keys.end(); ++entry)
        json.insert(entry.key(), entry.value().toString(QKeySequence::PortableText));
    return json;
}

static Result<ChosenKeys> readKeys(const QJsonValue &value)
{
    if (!value.isObject()) {
        return Error{ErrorCode::InvalidArgument,
                     ShortcutSettings::tr("/shortcuts has to be an object of texts, such as "
                                          "{\"run.stop\": \"Ctrl+.\"}.")};
    }
    ChosenKeys all;
    const QJsonObject json = value.toObject();
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
        const QString text = entry.value().toString();
        const QKeySequence keys(text, QKeySequence::PortableText);
        const bool isKnown = !keys.isEmpty() && keys[0].key() != Qt::Key_unknown;
        if (!entry.value().isString() || (!text.isEmpty() && !isKnown)) {
            return Error{ErrorCode::InvalidArgument,
                         ShortcutSettings::tr("/shortcuts/%1 has to be keys such as \"Ctrl+K\", or "
                                              "\"\" for none.")
                             .arg(entry.key())};
        }
        all.insert(entry.key(), keys);
    }
    return all;
}

PreferencePart shortcutPart(ShortcutSettings &shortcuts)
{
    return {u"shortcuts"_s, [&shortcuts] { return toJson(shortcuts.chosen()); },
            [&shortcuts](const QJsonValue &value) -> Result<void> {
                const Result<ChosenKeys> keys = readKeys(value);
                return keys ? shortcuts.check(*keys) : Result<void>(keys.error());
            },
            [&shortcuts](const QJsonValue &value) { shortcuts.choose(*readKeys(value)); }};
}

} // namespace Fanfare
