// SPDX-License-Identifier: MIT
#include "compareview.h"

#include "chartvalues.h"
#include "comparedtimelines.h"
#include "comparetheme.h"
#include "comparisonexport.h"
#include "cpuchart.h"
#include "desktop/appearance.h"
#include "desktop/widgetpicture.h"
#include "handlerdifferencemodel.h"
#include "histogramchart.h"
#include "historychart.h"
#include "phasechart.h"
#include "quantilechart.h"
#include "rowtable.h"
#include "verdictcard.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int chartHeight = 170;
static constexpr int spacing = 10;

CompareView::CompareView(std::shared_ptr<const ComparedRuns> compared,
                         const std::vector<LibraryEntry> &library, QWidget *parent)
    : QWidget(parent)
    , m_compared(std::move(compared))
    , m_content(new QWidget)
    , m_handlers(new HandlerDifferenceModel(m_compared->comparison, this))
    , m_timelines(
          new ComparedTimelines(m_compared->left.value(0), m_compared->right.value(0), this))
{
    createContent(historyOf(library, *m_compared));
    auto scroll = new QScrollArea(this);
    scroll->setWidget(m_content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createHeader());
    auto parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_timelines);
    parts->addWidget(scroll);
    parts->setSizes({420, 480});
    parts->setStretchFactor(1, 1);
    column->addWidget(parts, 1);
    connect(m_timelines, &ComparedTimelines::told, this, &CompareView::told);
    if (m_handlers->rowCount() > 0)
        m_table->selectRow(0);
}

/// "■ A: short tasks, threads × 2"
static QLabel *sideLabel(const QString &letter, const RunSamples &run, const QColor &color,
                         QWidget *parent)
{
    const QString label = run.info.label.isEmpty() ? CompareView::tr("by hand") : run.info.label;
    auto text = new QLabel(u"<span style='color:%1'>■</span> <b>%2</b>  %3, %4"_s.arg(
                               color.name(), letter, label.toHtmlEscaped(),
                               configurationName(run.info).toHtmlEscaped()),
                           parent);
    text->setTextFormat(Qt::RichText);
    return text;
}

QWidget *CompareView::createHeader()
{
    auto header = new QWidget(this);
    auto row = new QHBoxLayout(header);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(14);
    const CompareTheme theme = CompareTheme::of(palette());
    row->addWidget(sideLabel(tr("A"), *m_compared->comparison.a, theme.a, header));
    row->addWidget(sideLabel(tr("B"), *m_compared->comparison.b, theme.b, header));
    row->addStretch();
    addButtons(*row);
    return header;
}

void CompareView::addButtons(QHBoxLayout &row)
{
    auto swap = new QPushButton(symbolIcon(u"compare"_s), tr("Swap"), this);
    swap->setToolTip(tr("Make B the baseline"));
    auto timelines = new QPushButton(tr("Timelines"), this);
    timelines->setToolTip(tr("Show the first round of both sides in the timeline"));
    auto page = new QPushButton(tr("Report…"), this);
    page->setToolTip(tr("Write a self-contained HTML page"));
    auto picture = new QPushButton(tr("Picture…"), this);
    picture->setToolTip(tr("Write this view as PNG or SVG"));
    for (QPushButton *button : {swap, timelines, page, picture})
        row.addWidget(button);
    connect(swap, &QPushButton::clicked, this, &CompareView::swapWanted);
    connect(timelines, &QPushButton::clicked, this, [this] {
        Q_EMIT openWanted({m_compared->left.value(0), m_compared->right.value(0)});
    });
    connect(page, &QPushButton::clicked, this, &CompareView::choosePage);
    connect(picture, &QPushButton::clicked, this, &CompareView::choosePicture);
}

void CompareView::createContent(const std::vector<HistoryPoint> &history)
{
    m_content->setWindowTitle(m_compared->report.title);
    auto column = new QVBoxLayout(m_content);
    column->setContentsMargins(spacing, 0, spacing, spacing);
    column->setSpacing(spacing);
    column->addWidget(new VerdictCard(m_compared->verdict, m_compared->report.notes, m_content));
    addCharts(*column);
    addHandlers(*column);
    addTables(*column);
    if (qsizetype(history.size()) > m_compared->left.size() + m_compared->right.size()) {
        auto chart = new HistoryChart(history, m_content);
        chart->setMinimumHeight(chartHeight - 20);
        column->addWidget(chart);
    }
    column->addStretch(1);
}

void CompareView::addCharts(QVBoxLayout &column)
{
    const Comparison &comparison = m_compared->comparison;
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    const QList<QWidget *> charts{
        new PhaseChart(comparison.phases, m_content),
        new CpuChart(cpuTimesOf(*comparison.a), cpuTimesOf(*comparison.b), m_content)};
    for (QWidget *chart : charts) {
        chart->setMinimumHeight(chartHeight - 30);
        row->addWidget(chart, 1);
    }
    column.addLayout(row);
}

static QTableView *tableOf(QAbstractItemModel *model, QWidget *parent)
{
    auto table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(CompareView::tr("Handlers"));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSortingEnabled(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->sortByColumn(0, Qt::AscendingOrder);
    table->resizeColumnsToContents();
    return table;
}

void CompareView::addHandlers(QVBoxLayout &column)
{
    auto sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_handlers);
    sorted->setSortRole(HandlerDifferenceModel::sortRole);
    m_table = tableOf(sorted, m_content);
    // As high as its rows, up to a dozen: what is below moves up.
    const int rows = std::clamp(m_handlers->rowCount(), 1, 12);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + rows * m_table->verticalHeader()->defaultSectionSize() + 18);
    column.addWidget(m_table);
    m_histogram = new HistogramChart(m_content);
    m_quantiles = new QuantileChart(m_content);
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    for (QWidget *chart : QList<QWidget *>{m_histogram, m_quantiles}) {
        chart->setMinimumHeight(chartHeight);
        row->addWidget(chart, 1);
    }
    column.addLayout(row);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, sorted](const QModelIndex &current) {
                showHandler(sorted->mapToSource(current).row());
            });
}

void CompareView::addTables(QVBoxLayout &column)
{
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    const Comparison &comparison = m_compared->comparison;
    row->addWidget(new RowTable(tr("What came out"), outcomeRows(comparison), m_content), 1,
                   Qt::AlignTop);
    row->addWidget(new RowTable(tr("Environment"), environmentRows(comparison), m_content), 1,
                   Qt::AlignTop);
    column.addLayout(row);
}

void CompareView::showHandler(int row)
{
    const bool isThere = row >= 0 && row < m_handlers->rowCount();
    const HandlerComparison *handler = isThere ? &m_handlers->handlerAt(row) : nullptr;
    m_histogram->setHandler(handler);
    m_quantiles->setHandler(handler);
}

void CompareView::choosePage()
{
    auto dialog = new QFileDialog(this, tr("Write report"), {}, tr("Pages (*.html)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { report(writeReportPage(*m_compared, path), path); });
    dialog->open();
}

void CompareView::choosePicture()
{
    auto dialog = new QFileDialog(this, tr("Write picture"), {}, tr("Pictures (*.png *.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { report(writePicture(*m_content, path), path); });
    dialog->open();
}

void CompareView::report(const Result<void> &written, const QString &path)
{
    Q_EMIT told(written ? tr("Written to %1.").arg(path) : written.error().message);
}

} // namespace Fanfare
