// SPDX-License-Identifier: MIT
#include "linkdesk.h"

#include "runs/rundesk.h"
#include "runs/runkeeper.h"
#include "runs/runpage.h"
#include "runs/runtabs.h"
#include "runs/runview.h"
#include "session.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

LinkDesk::LinkDesk(Session &session, RunDesk &runs, const RunKeeper *keeper, QString folder,
                   QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_runs(runs)
    , m_folder(std::move(folder))
{
    if (!keeper)
        return;
    connect(&session, &Session::emitted, this,
            [this](EmissionId first, const EmitCommand &command) {
                m_next = number(first) + command.count;
            });
    connect(&session, &Session::engineEnded, this, &LinkDesk::beginPart);
    connect(&session.model(), &RunModel::cleared, this, [this] {
        beginPart();
        m_cleared = m_parts.size();
    });
    connect(&session.model(), &RunModel::restored, this, [this] { m_cleared = 0; });
    connect(keeper, &RunKeeper::beginning, this, [this](const RunInfo &info) {
        m_parts.push_back({m_boundary, info.id});
    });
}

/// What is still open ends in the next file.
void LinkDesk::beginPart()
{
    m_boundary = m_next;
    const LiveSample &live = m_session.model().live();
    for (const std::vector<OpenTask> *tasks : {&live.running, &live.queued}) {
        for (const OpenTask &open : *tasks)
            m_boundary = std::min(m_boundary, number(open.task.emission));
    }
}

Result<RunLink> LinkDesk::linkTo(TaskId task) const
{
    const auto isIn = [&](const Part &part) { return part.first <= number(task.emission); };
    auto part = std::find_if(m_parts.rbegin(), m_parts.rend(), isIn);
    if (m_cleared < m_parts.size() && isInWindow(task)) {
        const auto oldest = m_parts.rend() - std::ptrdiff_t(m_cleared) - 1; // in the window
        part = std::min(part, oldest); // it was open when the window was cleared, and not listed
    }
    if (part != m_parts.rend())
        return RunLink{part->run, task};
    return Error{ErrorCode::NotFound,
                 tr("There is no link to this task, because its run is not kept in a file.")};
}

void LinkDesk::open(const QString &text)
{
    const Result<RunLink> link = runLink(text);
    if (!link)
        return Q_EMIT told(link.error().message);
    if (openLive(*link))
        return;
    m_job.start([id = link->run, folder = m_folder](
                    const auto &, const std::stop_token &) { return findLinkedRun(id, folder); },
                [this, link = *link](const Result<QString> &path) {
                    if (path)
                        openFile(link, *path);
                    else
                        Q_EMIT told(path.error().message);
                });
}

bool LinkDesk::isInWindow(TaskId task) const
{
    const RunModel &run = m_session.model();
    return run.find(task) || run.findOpen(task);
}

/// What is in the window already. A task that was cleared is in the file only.
bool LinkDesk::openLive(const RunLink &link)
{
    if (std::ranges::find(m_parts, link.run, &Part::run) == m_parts.end())
        return false;
    if (link.task && !isInWindow(*link.task))
        return false;
    Q_EMIT liveWanted();
    if (link.task)
        Q_EMIT taskWanted(*link.task);
    return true;
}

void LinkDesk::openFile(const RunLink &link, const QString &path)
{
    RunPage *const page = m_runs.tabs().openRun(path);
    if (!link.task)
        return;
    if (page->view())
        return reveal(*page, *link.task);
    connect(page, &RunPage::opened, this, [this, page, task = *link.task] { reveal(*page, task); });
}

void LinkDesk::reveal(const RunPage &page, TaskId task)
{
    if (page.view()->revealTask(task))
        return;
    const QString name = task.index == 0 ? QString::number(number(task.emission))
                                         : u"%1.%2"_s.arg(number(task.emission)).arg(task.index);
    Q_EMIT told(tr("The run of the link is open, but it has no task %1 (any more).").arg(name));
}

} // namespace Fanfare
