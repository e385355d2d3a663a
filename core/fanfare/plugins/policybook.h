// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/handlerpolicy.h>
#include <fanfare/plugins/statefile.h>

#include <QHash>
#include <QStringList>

namespace Fanfare {

/// What an override is about.
struct PolicyTarget
{
    enum class Kind : quint8 { Plugin, Event, Handler };

    Kind kind = Kind::Plugin;
    QString name; ///< the id of a plugin, the name of an event, or "plugin id/handler"

    bool operator==(const PolicyTarget &other) const = default;
};

/// What the user decided about plugins, events and handlers, kept in a JSON file:
///
///     {"plugins": {"org.x.csv": {"enabled": false}},
///      "events": {"FileAdded": {"deadlineMs": 2000}},
///      "handlers": {"org.x.csv/parse": {"isolation": "process", "concurrency": 1}}}
///
/// The keys of the innermost objects are those of toJson(const PolicyPart &). For events
/// "enabled" and "deadlineMs" count.
///
/// Threads: [owner].
class PolicyBook
{
public:
    /// Reads the file \a path. Empty: nothing is kept and nothing overridden. [blocks]
    explicit PolicyBook(const QString &path);

    PolicyPart of(const PolicyTarget &target) const; ///< empty when nothing was decided

    /// Replaces what was decided about \a target; an empty part resets it. Error: as
    /// StateFile::update(). [blocks]
    Result<void> set(const PolicyTarget &target, const PolicyPart &part);

    bool reload(); ///< reads the file again; true when something is different [blocks]

    /// Sentences about the file: damaged, unreadable, an entry that makes no sense and is ignored.
    const QStringList &problems() const { return m_problems; }

private:
    void take(const StateFile::Reading &reading);

    const bool m_isKept;
    const StateFile m_file;
    QHash<QString, PolicyPart> m_parts; // by kind and name
    QStringList m_problems;
};

/// "policies.json" in the folder "fanfare" of the user's settings.
QString defaultPolicyFile();

} // namespace Fanfare
