// SPDX-License-Identifier: MIT
#include "sidelist.h"

#include "desktop/appearance.h"
#include "desktop/enginesettings.h"

#include <fanfare/cluster/brokertransport.h>
#include <fanfare/engine/runfacts.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int mostWorkers = 256;
static constexpr QLatin1StringView sidesKey("scenarios/sides");

static std::vector<RunConfiguration> usualSides()
{
    return {{ExecutorKind::Threads, 0}, {ExecutorKind::Processes, 0}};
}

SideList::SideList(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_column(new QVBoxLayout)
    , m_add(new QPushButton(symbolIcon(u"add"_s), tr("Add a side"), this))
{
    auto rows = new QWidget(m_scroll);
    rows->setLayout(m_column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    m_column->addStretch();
    m_scroll->setWidget(rows);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QScrollBar *const bar = m_scroll->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [bar, before = 0](int, int now) mutable {
        if (now > before) // a side was added at the end
            bar->setValue(now);
        before = now;
    });
    m_add->setObjectName(u"addSide"_s);
    m_add->setToolTip(tr("Compare with one more executor or number of workers"));
    connect(m_add, &QPushButton::clicked, this, &SideList::addNext);
    auto last = new QHBoxLayout;
    last->addWidget(m_add);
    last->addStretch();
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_scroll);
    column->addLayout(last);
    setSides(usualSides());
}

RunConfiguration SideList::sideOf(const Row &row)
{
    const auto executor = ExecutorKind(row.executor->currentData().toInt());
    return {executor, executor == ExecutorKind::Cluster ? 0 : row.workers->value()};
}

std::vector<RunConfiguration> SideList::sides() const
{
    std::vector<RunConfiguration> sides;
    for (const Row &row : m_rows)
        sides.push_back(sideOf(row));
    return sides;
}

void SideList::setSides(const std::vector<RunConfiguration> &sides)
{
    for (const Row &row : m_rows)
        row.widget->deleteLater();
    m_rows.clear();
    for (const RunConfiguration &side : sides)
        add(side);
    refresh();
}

QString SideList::problem() const
{
    const std::vector<RunConfiguration> all = sides();
    for (size_t i = 0; i < all.size(); ++i) {
        const auto same = std::ranges::find(all.begin(), all.begin() + std::ptrdiff_t(i), all[i]);
        if (same != all.begin() + std::ptrdiff_t(i)) {
            return tr("Sides %1 and %2 are the same: choose another executor or number of workers "
                      "for one of them.")
                .arg(same - all.begin() + 1)
                .arg(i + 1);
        }
    }
    return {};
}

void SideList::add(const RunConfiguration &side)
{
    auto widget = new QWidget(m_scroll->widget());
    Row row{widget, new QLabel(widget), new QComboBox(widget), new QSpinBox(widget),
            new QToolButton(widget)};
    row.executor->addItem(tr("Threads"), int(ExecutorKind::Threads));
    row.executor->addItem(tr("Processes"), int(ExecutorKind::Processes));
    if (hasBrokerTransport())
        row.executor->addItem(tr("Cluster"), int(ExecutorKind::Cluster));
    row.executor->setCurrentIndex(std::max(0, row.executor->findData(int(side.executor))));
    row.workers->setRange(0, mostWorkers);
    row.workers->setSpecialValueText(tr("workers: as in the window"));
    row.workers->setPrefix(tr("workers: "));
    row.workers->setValue(side.workers);
    row.remove->setIcon(symbolIcon(u"close"_s));
    row.remove->setAutoRaise(true);
    auto line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(row.name);
    line->addWidget(row.executor);
    line->addWidget(row.workers, 1);
    line->addWidget(row.remove);
    connect(row.executor, &QComboBox::currentIndexChanged, this, &SideList::refresh);
    connect(row.workers, &QSpinBox::valueChanged, this, &SideList::refresh);
    connect(row.remove, &QToolButton::clicked, this, [this, widget] { remove(widget); });
    m_column->insertWidget(int(m_rows.size()), widget);
    m_rows.push_back(row);
}

/// The text of the scenario above needs its place, too.
void SideList::fitHeight()
{
    constexpr size_t mostSeen = 4;
    const int row = m_rows.front().widget->sizeHint().height() + m_column->spacing();
    m_scroll->setFixedHeight(int(std::min(m_rows.size(), mostSeen)) * row);
}

/// One more of what the last side is, with twice the workers: what most want to know next.
void SideList::addNext()
{
    RunConfiguration next = sideOf(m_rows.back());
    const std::vector<RunConfiguration> all = sides();
    if (next.executor == ExecutorKind::Cluster)
        next = {ExecutorKind::Threads, 0};
    const auto isTaken = [&all, &next] { return std::ranges::find(all, next) != all.end(); };
    while (isTaken() && next.workers < mostWorkers)
        next.workers = std::clamp(2 * next.workers, 1, mostWorkers);
    while (isTaken() && next.workers > 1)
        --next.workers;
    add(next);
    refresh();
}

void SideList::remove(QWidget *widget)
{
    std::erase_if(m_rows, [widget](const Row &row) { return row.widget == widget; });
    widget->deleteLater(); // it is inside of the click
    refresh();
}

void SideList::refresh()
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const QString number = QLocale().toString(qulonglong(i + 1));
        row.name->setText(number);
        row.name->setToolTip(i == 0 ? tr("The baseline: all others are compared with it")
                                    : tr("Compared with side 1"));
        row.executor->setAccessibleName(tr("Executor of side %1").arg(number));
        row.workers->setAccessibleName(tr("Workers of side %1").arg(number));
        row.workers->setEnabled(sideOf(row).executor != ExecutorKind::Cluster);
        row.workers->setToolTip(row.workers->isEnabled()
                                    ? tr("How many workers; 0 is what the window uses")
                                    : tr("The hosts of a cluster say how many workers they have"));
        row.remove->setAccessibleName(tr("Remove side %1").arg(number));
        row.remove->setToolTip(row.remove->accessibleName());
        row.remove->setVisible(m_rows.size() > 2);
    }
    m_add->setEnabled(m_rows.size() < mostSides);
    fitHeight();
    Q_EMIT changed();
}

/// Of "processes 4". Nothing for anything else, and for a cluster this build cannot reach.
static std::optional<RunConfiguration> sideFrom(const QString &text)
{
    bool isNumber = false;
    const int workers = text.section(u' ', 1).toInt(&isNumber);
    const std::optional<ExecutorKind> executor = executorNamed(text.section(u' ', 0, 0));
    if (!executor || !isNumber || workers < 0 || workers > mostWorkers)
        return {};
    if (*executor == ExecutorKind::Cluster && !hasBrokerTransport())
        return {};
    return RunConfiguration{*executor, workers};
}

std::vector<RunConfiguration> savedSides(const QSettings &settings)
{
    const QStringList texts = settings.value(sidesKey).toStringList();
    std::vector<RunConfiguration> sides;
    for (const QString &text : texts) {
        if (const std::optional<RunConfiguration> side = sideFrom(text))
            sides.push_back(*side);
    }
    const bool makesSense = sides.size() >= 2 && sides.size() <= SideList::mostSides
        && qsizetype(sides.size()) == texts.size();
    return makesSense ? sides : usualSides();
}

void saveSides(QSettings &settings, const std::vector<RunConfiguration> &sides)
{
    QStringList texts;
    for (const RunConfiguration &side : sides)
        texts.append(u"%1 %2"_s.arg(executorName(side.executor)).arg(side.workers));
    settings.setValue(sidesKey, texts);
}

} // namespace Fanfare
