// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"
#include "plugininstaller.h"

class QUndoStack;

namespace Fanfare {

class MessageArea;
class Session;

/// Makes installing plugins a step that can be taken back: the new files go to the trash, and what
/// they replaced comes back from there.
///
/// Threads: [gui].
class InstallUndo final : public QObject
{
    Q_OBJECT

public:
    InstallUndo(Session &session, MessageArea &area, QUndoStack &undo, QObject *parent = nullptr);

    /// \a plugins were just installed; those that were not are passed over.
    void remember(const QList<InstalledPlugin> &plugins);

private:
    /// One file: what is in its place, and what waits in the trash.
    struct Place
    {
        QString file;
        RemovedPlugin former;                ///< empty when there was none
        std::optional<RemovedPlugin> latter; ///< while the step is taken back
    };

    void takeBack(QList<Place> &places);
    void doAgain(QList<Place> &places);
    void tell(const QStringList &problems);

    Session &m_session;
    MessageArea &m_area;
    QUndoStack &m_undo;
};

} // namespace Fanfare
