// SPDX-License-Identifier: MIT
#pragma once

#include "preference.h"

#include <fanfare/base/result.h>

#include <QJsonObject>
#include <QObject>

#include <functional>

class QSettings;

namespace Fanfare {

/// What goes with exported preferences and is no single value, such as a list of rules.
struct PreferencePart
{
    QString name; ///< its key in the file, beside "preferences"
    std::function<QJsonValue()> read;
    std::function<Result<void>(const QJsonValue &)> check; ///< a sentence on what cannot be
    std::function<void(const QJsonValue &)> take;          ///< what was checked
};

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

    void addPart(const PreferencePart &part) { m_parts.append(part); }

    /// All that is set, and nothing that is standard: {"format": "fanfare-preferences", "version":
    /// 1, "preferences": {key: value}}, and what the parts have.
    QJsonObject toJson() const;

    /// Sets what \a json has and resets the rest; nothing changes when any of it is wrong. Parts
    /// that it does not have stay as they are: files of earlier versions had none.
    /// InvalidArgument with the path of the first mistake.
    Result<void> takeJson(const QJsonObject &json);

Q_SIGNALS:
    void changed(const QString &key);

private:
    const Preference *find(const QString &key) const;

    const QList<Preference> m_list;
    QList<PreferencePart> m_parts;
    QSettings &m_settings;
};

} // namespace Fanfare
