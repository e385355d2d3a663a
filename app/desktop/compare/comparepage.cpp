// SPDX-License-Identifier: MIT
#include "comparepage.h"

#include "compareview.h"
#include "desktop/runs/loadingpage.h"

namespace Fanfare {

ComparePage::ComparePage(QStringList left, QStringList right, Library library, QWidget *parent)
    : QStackedWidget(parent)
    , m_left(std::move(left))
    , m_right(std::move(right))
    , m_library(std::move(library))
    , m_loading(new LoadingPage(tr("Comparing…"), m_job, this))
{
    addWidget(m_loading);
    connect(m_loading, &LoadingPage::canceled, this, [this] {
        m_job.cancel();
        Q_EMIT closeWanted();
    });
    start();
}

ComparePage::~ComparePage() = default;

void ComparePage::start()
{
    const auto compare = [left = m_left, right = m_right](const BackgroundJob::Progress &progress,
                                                          const std::stop_token &stop) {
        return compareFiles(left, right, progress, stop);
    };
    m_job.start(compare, [this](const Result<std::shared_ptr<const ComparedRuns>> &compared) {
        take(compared);
    });
}

void ComparePage::take(const Result<std::shared_ptr<const ComparedRuns>> &compared)
{
    if (!compared) {
        m_loading->showProblem(compared.error().message);
        return;
    }
    if (m_view) { // it was swapped
        removeWidget(m_view);
        m_view->deleteLater();
    }
    const auto library = m_library ? m_library() : std::vector<LibraryEntry>();
    m_view = new CompareView(*compared, library, this);
    connect(m_view, &CompareView::openWanted, this, &ComparePage::openWanted);
    connect(m_view, &CompareView::told, this, &ComparePage::told);
    connect(m_view, &CompareView::swapWanted, this, [this] {
        std::swap(m_left, m_right);
        start();
    });
    addWidget(m_view);
    setCurrentWidget(m_view);
    Q_EMIT this->compared();
}

QString ComparePage::problem() const
{
    return m_loading->problem();
}

} // namespace Fanfare
