// SPDX-License-Identifier: MIT
#include "compareview.h"

#include "comparedtimelines.h"
#include "desktop/models/runmodel.h"
#include "desktop/timeline/spanfilter.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"
#include "desktop/widgetpicture.h"
#include "distributionchart.h"
#include "handlerdifferencemodel.h"
#include "linkedtimelines.h"
#include "quantilechart.h"

#include <fanfare/runs/comparisonexport.h>

#include <QFileDialog>

#include <algorithm>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

void CompareView::showCalls(const HandlerKey &handler)
{
    const auto &handlers = m_compared->comparison.handlers;
    const auto row = std::ranges::find(handlers, handler, &HandlerComparison::key);
    if (row != handlers.end())
        selectHandler(int(row - handlers.begin()));
    const QString filter = SpanFilter::handlerTerm(handler.name, false);
    setFilters(filter, filter);
}

void CompareView::showEmission(EmissionId inA, EmissionId inB)
{
    LinkedTimelines *const timelines = m_timelines->timelines();
    if (!timelines) // they are not read yet
        return;
    setFilters({}, {});
    for (const Side side : {Side::B, Side::A}) { // what is linked moves along; A stays in view
        TimelineWidget &timeline = timelines->timeline(side);
        const std::vector<TaskId> tasks =
            timeline.scene().model().tasksOf(side == Side::A ? inA : inB);
        if (tasks.empty())
            continue;
        timeline.select(tasks.back()); // the first
        timeline.reveal(tasks.back());
    }
}

void CompareView::connectRanges()
{
    connect(m_distribution, &RangeChart::rangeChosen, this, &CompareView::filterByTime);
    connect(m_quantiles, &RangeChart::rangeChosen, this, &CompareView::filterByPercentile);
    for (RangeChart *chart : QList<RangeChart *>{m_distribution, m_quantiles})
        connect(chart, &RangeChart::rangeCleared, this, &CompareView::clearRanges);
}

/// The tasks of \a handler whose \a quantity is within \a from and \a to.
static QString rangeFilter(const HandlerKey &handler, const QString &quantity, double from,
                           double to)
{
    return u"%1 %2>%3ns %2<%4ns"_s.arg(SpanFilter::handlerTerm(handler.name, false), quantity)
        .arg(std::llround(from))
        .arg(std::llround(to));
}

void CompareView::filterByTime(double from, double to)
{
    m_quantiles->clearRange();
    const bool isTotal = m_distribution->view().times == DistributionView::Times::Total;
    const QString filter =
        rangeFilter(m_handlers->handlerAt(m_shown).key, isTotal ? u"total"_s : u"run"_s, from, to);
    setFilters(filter, filter);
}

/// Both ends belong to the range, and the filter leaves out what is equal.
void CompareView::filterByPercentile(double from, double to)
{
    m_distribution->clearRange();
    const HandlerComparison &handler = m_handlers->handlerAt(m_shown);
    const auto filterOf = [&](const HandlerSamples *samples) {
        return rangeFilter(handler.key, u"total"_s,
                           std::max(0.0, double(samples->total.quantile(from / 100)) - 1),
                           double(samples->total.quantile(to / 100)) + 1);
    };
    setFilters(filterOf(handler.a), filterOf(handler.b));
}

void CompareView::clearRanges()
{
    m_distribution->clearRange();
    m_quantiles->clearRange();
    setFilters({}, {});
}

void CompareView::setFilters(const QString &ofA, const QString &ofB)
{
    LinkedTimelines *const timelines = m_timelines->timelines();
    if (!timelines) // they are not read yet
        return;
    timelines->timeline(Side::A).setFilter(ofA);
    timelines->timeline(Side::B).setFilter(ofB);
}

void CompareView::choosePage()
{
    auto dialog = new QFileDialog(this, tr("Write report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Page with pictures (*.html)"), tr("Markdown (*.md)"),
                            tr("Tables for a spreadsheet (*.csv)"), tr("JSON (*.json)"),
                            tr("Text (*.txt)")});
    const auto takeSuffix = [dialog](const QString &filter) { // of "JSON (*.json)"
        dialog->setDefaultSuffix(filter.section(u"(*."_s, -1).chopped(1));
    };
    takeSuffix(dialog->selectedNameFilter());
    connect(dialog, &QFileDialog::filterSelected, dialog, takeSuffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (m_compared->sides.size() > 2)
            Q_EMIT reportWanted(path);
        else
            report(writeReport(path), path);
    });
    dialog->open();
}

void CompareView::choosePicture()
{
    auto dialog = new QFileDialog(this, tr("Write picture"), {}, tr("Pictures (*.png *.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { report(writePicture(path), path); });
    dialog->open();
}

Result<void> CompareView::writeReport(const QString &path) const
{
    const QStringList damages = m_compared->a->damages + m_compared->b->damages;
    return Fanfare::writeReport({m_compared->comparison, m_compared->verdict, damages,
                                 m_compared->left.value(0), m_compared->right.value(0)},
                                path);
}

/// Where both runs are drawn stands first, as in the window. The buttons are no part of it.
Result<void> CompareView::writePicture(const QString &path)
{
    QList<QWidget *> parts{m_sidesBox};
    if (LinkedTimelines *const timelines = m_timelines->timelines();
        timelines && !m_timelines->isHidden())
        parts.append(timelines);
    parts.append(m_content);
    return Fanfare::writePicture(parts, m_compared->report.title, path);
}

void CompareView::report(const Result<void> &written, const QString &path)
{
    Q_EMIT told(written ? tr("Written to %1.").arg(path) : written.error().message);
}

} // namespace Fanfare
