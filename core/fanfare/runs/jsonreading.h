// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

namespace Fanfare {

/// Takes the values out of a JSON object that somebody wrote by hand, each checked where it is
/// read. The first thing that is wrong is kept as a sentence with its path, and reading goes on
/// with defaults, so that a reader is a plain list of keys.
///
/// Threads: [owner].
class JsonReading final
{
public:
    explicit JsonReading(QJsonObject object, QString path = {});

    QString text(const QString &key, const QString &otherwise);
    QString requiredText(const QString &key); ///< not empty
    double number(const QString &key, double otherwise, double lowest, double highest);
    double whole(const QString &key, double otherwise, double lowest, double highest);
    QJsonValue list(const QString &key);   ///< undefined when it is not there
    QJsonValue object(const QString &key); ///< undefined when it is not there

    /// The object at \a index of the list \a key; an empty one, refused, when it is none.
    JsonReading entry(const QString &key, qsizetype index);

    /// What is wrong with an entry is wrong here.
    void adopt(const JsonReading &entry);

    void refuse(const QString &key, const QString &reason);
    void refuseUnknownKeys(); ///< all keys that were not asked for

    const QString &error() const { return m_error; } ///< one sentence, or empty

private:
    QJsonValue take(const QString &key, QJsonValue::Type type, const QString &name);
    QString pathOf(const QString &key) const;

    const QJsonObject m_object;
    const QString m_path; // ends in a dot unless empty
    QSet<QString> m_known;
    QString m_error;
};

} // namespace Fanfare
