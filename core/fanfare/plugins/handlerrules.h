// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/subscriber.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/plugins/policybook.h>
#include <fanfare/plugins/quarantine.h>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace Fanfare {

/// Where the handlers of plugins run.
enum class HandlerPlace : quint8 {
    Here,    ///< in this process, which loads the plugins
    Workers, ///< in processes of their own; this one loads nothing
};

/// Where a catalog keeps what it learns, and finds what the user decided.
struct RuleFiles
{
    QString stateFolder = {}; ///< of Quarantine; empty: crashes are not counted
    QString policyFile = {};  ///< of PolicyBook; empty: nothing is overridden
};

/// What the user decided and what crashes taught, for the handlers of a catalog: says of each
/// whether it may run, and how.
///
/// Threads: [owner], an event loop is needed.
class HandlerRules final : public QObject
{
    Q_OBJECT

public:
    HandlerRules(const RuleFiles &files, HandlerPlace place, QObject *parent = nullptr);

    /// Notes in \a plugin, whose handlers are known, what holds for each of them.
    void apply(PluginFact &plugin) const;
    void apply(EventFact &event) const;

    /// A worker died because of \a handler; \a text is a sentence about it. [blocks]
    void countCrash(const HandlerIdentity &handler, const QString &text);
    void forgetCrashes(const QByteArray &hash, const QString &handler); ///< [blocks]

    void reload(); ///< looks whether somebody changed the files [blocks]

    QStringList problems() const; ///< sentences about the files

Q_SIGNALS:
    void changed(); ///< apply() would say something else

private:
    void watchFolderOf(const QString &file);
    void block(HandlerFact &handler, const PluginFact &plugin) const;

    const HandlerPlace m_place;
    Quarantine m_quarantine;
    PolicyBook m_policies;
    QFileSystemWatcher m_watcher;
    QTimer m_pause; // a file is replaced in several steps
};

} // namespace Fanfare
