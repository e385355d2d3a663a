// SPDX-License-Identifier: MIT
#pragma once

#include "runlink.h"
#include "runs/backgroundjob.h"

#include <QObject>

#include <vector>

namespace Fanfare {

class RunDesk;
class RunKeeper;
class RunPage;
class Session;

/// Links to tasks: which one a task of the live run has, and how to get from a link to its task.
///
/// Threads: [gui]. Files are looked for in a thread of its own.
class LinkDesk final : public QObject
{
    Q_OBJECT

public:
    /// \a runs keeps and opens runs in \a folder, with \a keeper; both are null and empty when
    /// nothing is kept. All are borrowed.
    LinkDesk(Session &session, RunDesk &runs, const RunKeeper *keeper, QString folder,
             QObject *parent = nullptr);

    void open(const QString &link); ///< told() says why not

    /// The link to \a task of the live run. Error: NotFound, when no file has that task.
    Result<RunLink> linkTo(TaskId task) const;

Q_SIGNALS:
    void liveWanted();                     ///< the live run is to be in front
    void taskWanted(Fanfare::TaskId task); ///< of the live run
    void told(const QString &sentence);

private:
    /// A file that the live run went to, or a part of it.
    struct Part
    {
        quint64 first = 0; ///< emission
        QString run;
    };

    bool isInWindow(TaskId task) const;
    bool openLive(const RunLink &link);
    void openFile(const RunLink &link, const QString &path);
    void reveal(const RunPage &page, TaskId task);
    void beginPart();

    Session &m_session;
    RunDesk &m_runs;
    const QString m_folder;
    BackgroundJob m_job;
    std::vector<Part> m_parts; // by rising number
    quint64 m_next = 1;        // emission
    quint64 m_boundary = 1;    // what the next part begins with
    size_t m_cleared = 0;      // so many parts are not in the window any more
};

} // namespace Fanfare
