// SPDX-License-Identifier: MIT
#include "compareview.h"

#include "chartvalues.h"
#include "comparedtimelines.h"
#include "comparetheme.h"
#include "cpuchart.h"
#include "desktop/appearance.h"
#include "desktop/timeline/timelinewidget.h"
#include "distributionbar.h"
#include "handlerdifferencemodel.h"
#include "historycard.h"
#include "linkedtimelines.h"
#include "phasechart.h"
#include "quantilechart.h"
#include "rowtable.h"
#include "structurelist.h"
#include "verdictcard.h"

#include <fanfare/runs/durationwords.h>

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
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
    connect(m_timelines, &ComparedTimelines::shown, parts, [this, parts] {
        // As high as their lanes, and never more than half: what is below is the answer.
        const int height = std::min(m_timelines->timelines()->wantedHeight(), parts->height() / 2);
        parts->setSizes({height, parts->height() - height});
    });
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
    const std::vector<ComparisonRow> usage = usageRows(comparison);
    m_usage->setRows(usage);
    m_usage->setVisible(!usage.empty());
    showStructure();
    const std::vector<HistoryPoint> history = historyOf(library, *m_compared);
    std::vector<HandlerKey> keys;
    for (const HandlerComparison &handler : comparison.handlers)
        keys.push_back(handler.key);
    m_history->setPoints(history, keys);
    m_history->setVisible(qsizetype(history.size())
                          > m_compared->left.size() + m_compared->right.size());
    fitTable();
    if (!m_table->currentIndex().isValid() && m_handlers->rowCount() > 0)
        m_table->selectRow(0);
    else
        showHandler(m_shown);
}

static QString letterText(const QString &letter, const QColor &color)
{
    return u"<span style='color:%1'>■</span> <b>%2</b>"_s.arg(color.name(), letter);
}

/// "■ A: short tasks, threads × 2"
static QString sideText(const QString &letter, const RunSamples &run, const QColor &color)
{
    const QString label = run.info.label.isEmpty() ? CompareView::tr("by hand") : run.info.label;
    return u"%1  %2, %3"_s.arg(letterText(letter, color), label.toHtmlEscaped(),
                               configurationName(run.info).toHtmlEscaped());
}

void CompareView::showSides()
{
    const CompareTheme theme = CompareTheme::of(palette());
    const bool isChoice = m_compared->sides.size() > 2; // which names them
    const auto text = [isChoice](const QString &letter, const RunSamples &run,
                                 const QColor &color) {
        return isChoice ? letterText(letter, color) : sideText(letter, run, color);
    };
    m_sides[0]->setText(text(tr("A"), *m_compared->comparison.a, theme.a));
    m_sides[1]->setText(text(tr("B"), *m_compared->comparison.b, theme.b));
}

QWidget *CompareView::createHeader()
{
    auto header = new QWidget(this);
    auto row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 10, 0);
    m_sidesBox = new QWidget(header);
    auto sides = new QHBoxLayout(m_sidesBox);
    sides->setContentsMargins(10, 6, 10, 6);
    sides->setSpacing(14);
    for (QLabel *&side : m_sides) {
        side = new QLabel(m_sidesBox);
        side->setTextFormat(Qt::RichText);
        sides->addWidget(side);
    }
    if (m_compared->sides.size() > 2) {
        sides->insertWidget(1, createSideChoice(Side::A));
        sides->addWidget(createSideChoice(Side::B));
    }
    row->addWidget(m_sidesBox);
    row->addStretch();
    addButtons(*row);
    return header;
}

/// Of three and more sides any two can be looked at; what each took is a first look at all.
QComboBox *CompareView::createSideChoice(Side side)
{
    auto choice = new QComboBox(m_sidesBox);
    choice->setAccessibleName(side == Side::A ? tr("The baseline") : tr("Compared with it"));
    choice->setToolTip(tr("%L1 sides can be compared").arg(m_compared->sides.size()));
    for (const SideListing &listing : m_compared->sides) {
        const QString label = listing.info.label.isEmpty() ? tr("by hand") : listing.info.label;
        const QString took =
            listing.wall > 0 ? durationWords(double(listing.wall)) : tr("not ended");
        choice->addItem(tr("%1, %2: %3").arg(label, configurationName(listing.info), took));
    }
    const size_t left = m_compared->leftSide;
    const size_t right = m_compared->rightSide;
    choice->setCurrentIndex(int(side == Side::A ? left : right));
    connect(choice, &QComboBox::activated, this, [this, side, left, right](int index) {
        const auto chosen = size_t(index);
        const bool isOther = chosen == (side == Side::A ? right : left);
        if (isOther)
            Q_EMIT swapWanted(); // a side is not compared with itself
        else
            Q_EMIT sidesWanted(side == Side::A ? chosen : left, side == Side::B ? chosen : right);
    });
    return choice;
}

void CompareView::chooseAdded()
{
    auto dialog =
        new QFileDialog(this, tr("Add runs to the comparison"),
                        QFileInfo(m_compared->left.value(0)).path(), tr("Runs (*.ffrun)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &CompareView::addWanted);
    dialog->open();
}

void CompareView::addButtons(QHBoxLayout &row)
{
    auto add = new QPushButton(tr("Add run…"), this);
    add->setToolTip(tr("Compare the baseline with another run, too"));
    connect(add, &QPushButton::clicked, this, &CompareView::chooseAdded);
    auto swap = new QPushButton(symbolIcon(u"compare"_s), tr("Swap"), this);
    swap->setToolTip(tr("Make B the baseline (Shift+L)"));
    swap->setShortcut(QKeySequence(u"Shift+L"_s));
    auto timelines = new QPushButton(tr("Timelines"), this);
    timelines->setToolTip(tr("Show the first round of both sides in the timeline"));
    auto page = new QPushButton(tr("Report…"), this);
    page->setToolTip(tr("Write a page with pictures, tables as CSV or Markdown, or JSON"));
    auto picture = new QPushButton(tr("Picture…"), this);
    picture->setToolTip(tr("Write this view as PNG or SVG"));
    for (QPushButton *button : {add, swap, timelines, page, picture})
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
    addStructure(*column);
    addTables(*column);
    m_history = new HistoryCard(m_content);
    connect(m_history, &HistoryCard::openWanted, this,
            [this](const QString &path) { Q_EMIT openWanted({path}); });
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
    auto bar = new DistributionBar(m_content);
    column.addWidget(bar);
    m_distribution = new DistributionChart(m_content);
    connect(bar, &DistributionBar::changed, this,
            [this, bar] { m_distribution->setView(bar->view()); });
    m_quantiles = new QuantileChart(m_content);
    connectRanges();
    auto row = new QHBoxLayout;
    row->setSpacing(spacing);
    for (QWidget *chart : QList<QWidget *>{m_distribution, m_quantiles}) {
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
    m_usage = new RowTable(tr("What processes took"), m_content);
    column.addWidget(m_usage);
}

void CompareView::addStructure(QVBoxLayout &column)
{
    m_structureTitle = new QLabel(tr("Not done alike (choose a line to see it above)"), m_content);
    setMuted(*m_structureTitle);
    m_structure = new StructureList(m_content);
    column.addWidget(m_structureTitle);
    column.addWidget(m_structure);
    connect(m_structure, &StructureList::handlerWanted, this, &CompareView::showCalls);
    connect(m_structure, &StructureList::emissionWanted, this, &CompareView::showEmission);
}

void CompareView::showStructure()
{
    const std::vector<StructureEntry> entries = structureEntries(m_compared->comparison);
    m_structure->setEntries(entries);
    m_structure->setVisible(!entries.empty());
    m_structureTitle->setVisible(!entries.empty());
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
    m_distribution->setHandler(handler);
    m_quantiles->setHandler(handler);
}

} // namespace Fanfare
