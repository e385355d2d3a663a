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
    , m_sorted(new QSortFilterProxyModel(this))
    , m_timelines(
          new ComparedTimelines(m_compared->left.value(0), m_compared->right.value(0), this))
{
    createContent();
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
    showAll(library);
}

void CompareView::setCompared(std::shared_ptr<const ComparedRuns> compared,
                              const std::vector<LibraryEntry> &library)
{
    const auto former = std::exchange(m_compared, std::move(compared)); // borrowed from until then
    const HandlerKey shown = m_shown >= 0 ? m_handlers->handlerAt(m_shown).key : HandlerKey();
    m_handlers->setComparison(m_compared->comparison);
    const auto &handlers = m_compared->comparison.handlers;
    const auto same = std::ranges::find(handlers, shown, &HandlerComparison::key);
    if (same != handlers.end())
        selectHandler(int(same - handlers.begin()));
    showAll(library);
}

void CompareView::showAll(const std::vector<LibraryEntry> &library)
{
    const Comparison &comparison = m_compared->comparison;
    m_content->setWindowTitle(m_compared->report.title);
    showSides();
    m_verdict->setVerdict(m_compared->verdict, m_compared->report.notes, m_compared->goesOn);
    m_phases->setMeans(comparison.phases);
    m_cpu->setTimes(cpuTimesOf(*comparison.a), cpuTimesOf(*comparison.b));
    m_outcomes->setRows(outcomeRows(comparison));
    m_environment->setRows(environmentRows(comparison));
    const std::vector<HistoryPoint> history = historyOf(library, *m_compared);
    m_history->setPoints(history);
    m_history->setVisible(qsizetype(history.size())
                          > m_compared->left.size() + m_compared->right.size());
    fitTable();
    if (!m_table->currentIndex().isValid() && m_handlers->rowCount() > 0)
        m_table->selectRow(0);
    else
        showHandler(m_shown);
}

/// "■ A: short tasks, threads × 2"
static QString sideText(const QString &letter, const RunSamples &run, const QColor &color)
{
    const QString label = run.info.label.isEmpty() ? CompareView::tr("by hand") : run.info.label;
    return u"<span style='color:%1'>■</span> <b>%2</b>  %3, %4"_s.arg(
        color.name(), letter, label.toHtmlEscaped(), configurationName(run.info).toHtmlEscaped());
}

void CompareView::showSides()
{
    const CompareTheme theme = CompareTheme::of(palette());
    m_sides[0]->setText(sideText(tr("A"), *m_compared->comparison.a, theme.a));
    m_sides[1]->setText(sideText(tr("B"), *m_compared->comparison.b, theme.b));
}

QWidget *CompareView::createHeader()
{
    auto header = new QWidget(this);
    auto row = new QHBoxLayout(header);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(14);
    for (QLabel *&side : m_sides) {
        side = new QLabel(header);
        side->setTextFormat(Qt::RichText);
        row->addWidget(side);
    }
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

void CompareView::createContent()
{
    auto column = new QVBoxLayout(m_content);
    column->setContentsMargins(spacing, 0, spacing, spacing);
    column->setSpacing(spacing);
    m_verdict = new VerdictCard(m_content);
    column->addWidget(m_verdict);
    addCharts(*column);
    addHandlers(*column);
    addTables(*column);
    m_history = new HistoryChart(m_content);
    m_history->setMinimumHeight(chartHeight - 20);
    column->addWidget(m_history);
    column->addStretch(1);
}

void CompareView::addCharts(QVBoxLayout &column)
{
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    m_phases = new PhaseChart(m_content);
    m_cpu = new CpuChart(m_content);
    for (QWidget *chart : QList<QWidget *>{m_phases, m_cpu}) {
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
    m_sorted->setSourceModel(m_handlers);
    m_sorted->setSortRole(HandlerDifferenceModel::sortRole);
    m_table = tableOf(m_sorted, m_content);
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
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { showHandler(m_sorted->mapToSource(current).row()); });
}

void CompareView::addTables(QVBoxLayout &column)
{
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    m_outcomes = new RowTable(tr("What came out"), m_content);
    m_environment = new RowTable(tr("Environment"), m_content);
    row->addWidget(m_outcomes, 1, Qt::AlignTop);
    row->addWidget(m_environment, 1, Qt::AlignTop);
    column.addLayout(row);
}

void CompareView::selectHandler(int row)
{
    m_table->selectRow(m_sorted->mapFromSource(m_handlers->index(row, 0)).row());
}

/// As high as its rows, up to a dozen: what is below moves up.
void CompareView::fitTable()
{
    const int rows = std::clamp(m_handlers->rowCount(), 1, 12);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + rows * m_table->verticalHeader()->defaultSectionSize() + 18);
    m_table->resizeColumnsToContents();
}

void CompareView::showHandler(int row)
{
    m_shown = row;
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
