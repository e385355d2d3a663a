// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/crashrecord.h>
#include <fanfare/plugins/statefile.h>

#include <QList>

namespace Fanfare {

/// Which handlers crashed, by content of their plugin and by name, kept in `quarantine.json` of a
/// folder. Whoever changes it changes the file at once: engines, windows and command lines of one
/// user see the same.
///
/// Threads: [owner].
class Quarantine
{
public:
    /// Reads what is kept in \a folder. Empty: nothing is kept, counted or found. [blocks]
    explicit Quarantine(const QString &folder);

    /// The record of that handler, or null. Valid until something changes.
    const CrashRecord *find(const QByteArray &hash, const QString &handler) const;
    const QList<CrashRecord> &records() const { return m_records; }

    /// Adds a crash of the handler that \a crash names; the count in it does not matter. [blocks]
    void count(const CrashRecord &crash);

    /// Forgets the crashes of a handler: it succeeded, or somebody wants to try it again. False
    /// when there were none. [blocks]
    bool lift(const QByteArray &hash, const QString &handler);

    /// Forgets the crashes of all handlers called \a name, which is "handler" or "plugin/handler".
    /// The result is what was forgotten. [blocks]
    QList<CrashRecord> liftNamed(const QString &name);

    /// Reads the file again. True when something is different. [blocks]
    bool reload();

    /// Why the file could not be read or written, a sentence; empty when it could.
    const QString &problem() const { return m_problem; }
    QString path() const { return m_file.path(); }

private:
    using Change = std::function<void(QList<CrashRecord> &)>;
    void update(const Change &change);

    const bool m_isKept;
    const StateFile m_file;
    QList<CrashRecord> m_records;
    QString m_problem;
};

} // namespace Fanfare
