// SPDX-License-Identifier: MIT
#pragma once

#include "preference.h"

#include <fanfare/base/result.h>

#include <QJsonObject>
#include <QObject>

class QSettings;

namespace Fanfare {

/// What the user has set, over the settings file. A value that cannot be, such as one of a file
/// edited by hand, counts as not set.
///
/// Threads: [gui].
class Preferences final : public QObject
{
    Q_OBJECT

public:
    /// \a settings outlives this.
    Preferences(QList<Preference> list, QSettings &settings, QObject *parent = nullptr);

    const QList<Preference> &list() const { return m_list; }

    /// What holds for \a key, which has to be of the list: what was set, else the standard.
    QVariant value(const QString &key) const;
    bool isStandard(const QString &key) const;

    /// InvalidArgument with a sentence that names \a key and what it may be.
    Result<void> set(const QString &key, const QVariant &value);
    void reset(const QString &key);

    /// All that is set, and nothing that is standard: {"format": "fanfare-preferences", "version":
    /// 1, "preferences": {key: value}}.
    QJsonObject toJson() const;

    /// Sets what \a json has and resets the rest; nothing changes when any of it is wrong.
    /// InvalidArgument with the path of the first mistake.
    Result<void> takeJson(const QJsonObject &json);

Q_SIGNALS:
    void changed(const QString &key);

private:
    const Preference *find(const QString &key) const;

    const QList<Preference> m_list;
    QSettings &m_settings;
};

} // namespace Fanfare
