// SPDX-License-Identifier: MIT
#include "comparepage.h"

#include "comparedruns.h"
#include "compareview.h"
#include "desktop/runs/loadingpage.h"

#include <fanfare/runs/seriescomparison.h>

namespace Fanfare {

ComparePage::ComparePage(QList<QStringList> sides, Library library, QWidget *parent)
    : QStackedWidget(parent)
    , m_sides(std::move(sides))
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
    m_comparer = std::make_shared<RunComparer>(m_sides, m_left, m_right);
    compare();
}

void ComparePage::choose(size_t left, size_t right)
{
    m_left = left;
    m_right = right;
    start();
}

void ComparePage::add(const QStringList &files)
{
    if (files.isEmpty())
        return;
    const auto added = size_t(m_sides.size());
    for (const QString &file : files)
        m_sides.append(QStringList{file});
    choose(m_left, added);
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
        setCurrentWidget(m_loading);
        return;
    }
    if (*compared)
        present(*compared);
    if (!*compared || (*compared)->goesOn)
        m_again.start();
}

/// Another view only when the sides are others: in the same one stays what the user looks at.
void ComparePage::present(const std::shared_ptr<const ComparedRuns> &compared)
{
    const auto library = m_library ? m_library() : std::vector<LibraryEntry>();
    const bool isSame = m_view && m_view->compared().left == compared->left
        && m_view->compared().right == compared->right
        && m_view->compared().sides.size() == compared->sides.size();
    if (isSame) {
        m_view->setCompared(compared, library);
        Q_EMIT this->compared();
        return;
    }
    CompareView *const former = m_view;
    m_view = new CompareView(compared, library, this);
    connect(m_view, &CompareView::openWanted, this, &ComparePage::openWanted);
    connect(m_view, &CompareView::told, this, &ComparePage::told);
    connect(m_view, &CompareView::reportWanted, this, &ComparePage::writeReport);
    connect(m_view, &CompareView::swapWanted, this, [this] { choose(m_right, m_left); });
    connect(m_view, &CompareView::sidesWanted, this, &ComparePage::choose);
    connect(m_view, &CompareView::addWanted, this, &ComparePage::add);
    addWidget(m_view);
    setCurrentWidget(m_view);
    if (former) {
        removeWidget(former);
        former->deleteLater();
    }
    Q_EMIT this->compared();
}

void ComparePage::writeReport(const QString &path)
{
    QList<QStringList> sides = m_sides;
    sides.move(qsizetype(m_left), 0);
    const auto work = [sides, path](const BackgroundJob::Progress &progress,
                                    const std::stop_token &stop) -> Result<void> {
        const Result<SeriesComparison> series = SeriesComparison::read(sides, progress, stop);
        if (!series)
            return series.error();
        return stop.stop_requested() ? Result<void>() : Fanfare::writeReport(series->pairs(), path);
    };
    m_report.start(work, [this, path](const Result<void> &written) {
        Q_EMIT told(written ? tr("Written to %1.").arg(path) : written.error().message);
    });
}

QString ComparePage::problem() const
{
    return m_loading->problem();
}

} // namespace Fanfare
