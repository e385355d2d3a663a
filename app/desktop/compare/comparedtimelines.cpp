// SPDX-License-Identifier: MIT
#include "comparedtimelines.h"

#include "desktop/runs/loadingpage.h"
#include "desktop/runs/runedits.h"
#include "desktop/timeline/timelinewidget.h"
#include "linkedtimelines.h"

namespace Fanfare {

ComparedTimelines::ComparedTimelines(const QString &left, const QString &right, QWidget *parent)
    : QStackedWidget(parent)
    , m_loading(new LoadingPage(tr("Reading the timelines\u2026"), m_job, this))
{
    addWidget(m_loading);
    connect(m_loading, &LoadingPage::canceled, this, [this] {
        m_job.cancel();
        hide(); // the comparison goes without them
    });
    const auto work = [left, right, window = thread()](const BackgroundJob::Progress &progress,
                                                       const std::stop_token &stop) {
        return read(left, right, progress, stop, window);
    };
    m_job.start(work, [this](Result<Runs> runs) { take(std::move(runs)); });
}

ComparedTimelines::~ComparedTimelines()
{
    m_followers = {};
    m_edits = {};
    delete m_timelines; // they read the models until then
}

Result<ComparedTimelines::Runs> ComparedTimelines::read(const QString &left, const QString &right,
                                                        const BackgroundJob::Progress &progress,
                                                        const std::stop_token &stop,
                                                        QThread *window)
{
    Result<OpenedRun> a = openRun(
        left, [&](double share) { progress(share / 2); }, stop);
    if (!a)
        return a.error();
    Result<OpenedRun> b = openRun(
        right, [&](double share) { progress(0.5 + share / 2); }, stop);
    if (!b)
        return b.error();
    Runs runs{*std::move(a), *std::move(b)};
    for (const OpenedRun &run : runs)
        run.model->moveToThread(window);
    return runs;
}

void ComparedTimelines::take(Result<Runs> runs)
{
    if (!runs)
        return m_loading->showProblem(runs.error().message);
    m_runs = *std::move(runs);
    m_timelines =
        new LinkedTimelines(*m_runs[0].model, *m_runs[1].model,
                            {RunBegin::of(m_runs[0].info), RunBegin::of(m_runs[1].info)}, this);
    connect(m_timelines, &LinkedTimelines::told, this, &ComparedTimelines::told);
    for (const Side side : {Side::A, Side::B}) {
        keepEdits(side);
        follow(side);
    }
    addWidget(m_timelines);
    setCurrentWidget(m_timelines);
    Q_EMIT shown();
}

/// Notes are those of the run, wherever it is shown: they can be where both runs meet.
void ComparedTimelines::keepEdits(Side side)
{
    const OpenedRun &run = m_runs[size_t(side)];
    if (!run.path.endsWith(QStringLiteral(".ffrun")))
        return;
    auto &edits = m_edits[size_t(side)];
    edits = std::make_unique<RunEdits>(run.path, m_timelines->timeline(side));
    connect(edits.get(), &RunEdits::troubled, this, &ComparedTimelines::told);
    if (const QString problem = edits->restore(); !problem.isEmpty())
        Q_EMIT told(problem);
    m_timelines->offerNotes();
}

void ComparedTimelines::follow(Side side)
{
    OpenedRun &run = m_runs[size_t(side)];
    m_timelines->setEnded(side, !run.feed);
    if (!run.feed)
        return;
    auto &follower = m_followers[size_t(side)];
    follower = std::make_unique<RunFollower>(run.feed, *run.model);
    connect(follower.get(), &RunFollower::ended, m_timelines,
            [this, side] { m_timelines->setEnded(side, true); });
}

QString ComparedTimelines::problem() const
{
    return m_loading->problem();
}

} // namespace Fanfare
