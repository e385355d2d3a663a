// SPDX-License-Identifier: MIT
#include "comparepage.h"

#include "comparedruns.h"
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
    m_again.setSingleShot(true);
    m_again.setInterval(pause);
    connect(&m_again, &QTimer::timeout, this, &ComparePage::compare);
    start();
}

ComparePage::~ComparePage() = default;

void ComparePage::start()
{
    m_comparer = std::make_shared<RunComparer>(m_left, m_right);
    compare();
}

void ComparePage::compare()
{
    m_again.stop();
    const auto work = [comparer = m_comparer](const BackgroundJob::Progress &progress,
                                              const std::stop_token &stop) {
        return comparer->compare(progress, stop);
    };
    m_job.start(work, [this](const Result<std::shared_ptr<const ComparedRuns>> &compared) {
        take(compared);
    });
}

void ComparePage::take(const Result<std::shared_ptr<const ComparedRuns>> &compared)
{
    if (!compared) {
        m_loading->showProblem(compared.error().message);
        return;
    }
    if (*compared)
        show(*compared);
    if (!*compared || (*compared)->goesOn)
        m_again.start();
}

/// Another view only when the sides are others, because they were swapped: in the same one stays
/// what the user looks at.
void ComparePage::show(const std::shared_ptr<const ComparedRuns> &compared)
{
    const auto library = m_library ? m_library() : std::vector<LibraryEntry>();
    if (m_view && m_view->compared().left == m_left) {
        m_view->setCompared(compared, library);
        Q_EMIT this->compared();
        return;
    }
    CompareView *const former = m_view;
    m_view = new CompareView(compared, library, this);
    connect(m_view, &CompareView::openWanted, this, &ComparePage::openWanted);
    connect(m_view, &CompareView::told, this, &ComparePage::told);
    connect(m_view, &CompareView::swapWanted, this, [this] {
        std::swap(m_left, m_right);
        start();
    });
    addWidget(m_view);
    setCurrentWidget(m_view);
    if (former) {
        removeWidget(former);
        former->deleteLater();
    }
    Q_EMIT this->compared();
}

QString ComparePage::problem() const
{
    return m_loading->problem();
}

} // namespace Fanfare
