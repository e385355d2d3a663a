// SPDX-License-Identifier: MIT
#include "runpage.h"

#include "loadingpage.h"
#include "runview.h"

#include <QFileInfo>

namespace Fanfare {

RunPage::RunPage(QString path, QWidget *parent)
    : QStackedWidget(parent)
    , m_path(std::move(path))
    , m_loading(new LoadingPage(tr("Reading %1…").arg(QFileInfo(m_path).fileName()), m_job, this))
{
    addWidget(m_loading);
    connect(m_loading, &LoadingPage::canceled, this, [this] {
        m_job.cancel();
        Q_EMIT closeWanted();
    });
    const auto read = [path = m_path, window = thread()](const BackgroundJob::Progress &progress,
                                                         std::stop_token stop) {
        Result<OpenedRun> run = openRun(path, progress, std::move(stop));
        if (run)
            run->model->moveToThread(window);
        return run;
    };
    m_job.start(read, [this](Result<OpenedRun> run) { take(std::move(run)); });
}

RunPage::~RunPage() = default;

void RunPage::take(Result<OpenedRun> run)
{
    if (!run) {
        m_loading->showProblem(run.error().message);
        Q_EMIT failed(run.error().message);
        return;
    }
    m_view = new RunView(*std::move(run), this);
    addWidget(m_view);
    setCurrentWidget(m_view);
    Q_EMIT opened();
}

QString RunPage::problem() const
{
    return m_loading->problem();
}

} // namespace Fanfare
