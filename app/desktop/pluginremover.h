// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"

#include <fanfare/base/result.h>

#include <QObject>
#include <QStringList>

class QUndoStack;

namespace Fanfare {

class MessageArea;
class Session;

/// A plugin file that lies in the trash.
struct RemovedPlugin
{
    QString file;    ///< where it was
    QString trashed; ///< where it is
};

/// Why \a file, whose plugins are installed in \a folder, may not be uninstalled: InvalidArgument
/// when it comes along with Fanfare or does not lie directly in \a folder. [any]
Result<void> mayRemovePlugin(const QString &file, const QString &folder);

/// Moves \a file into the trash of the desktop; Unreadable when that is not possible. [any, blocks
/// for a rename]
Result<RemovedPlugin> removePlugin(const QString &file);

/// Takes it back out; InvalidArgument when another file has its name now, NotFound when it is not
/// in the trash any more. [any, blocks for a rename]
Result<void> restorePlugin(const RemovedPlugin &plugin);

/// Uninstalls plugins from the user's plugin folder, as steps that can be taken back, and says what
/// came of it.
///
/// Threads: [gui].
class PluginRemover final : public QObject
{
    Q_OBJECT

public:
    PluginRemover(Session &session, MessageArea &area, QUndoStack &undo, QObject *parent = nullptr);

    /// Uninstalls those of \a files that may be; without any says how to choose some.
    void remove(const QStringList &files);

private:
    QStringList removable(const QStringList &files);
    QList<RemovedPlugin> removeAll(const QStringList &files);
    void restoreAll(const QList<RemovedPlugin> &plugins);
    void tell(Accent accent, const QStringList &sentences);

    Session &m_session;
    MessageArea &m_area;
    QUndoStack &m_undo;
};

} // namespace Fanfare
