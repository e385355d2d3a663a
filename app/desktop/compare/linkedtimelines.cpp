// SPDX-License-Identifier: MIT
#include "linkedtimelines.h"

#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"
#include "emissiondifference.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QShortcut>
#include <QTimer>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

static Side otherOf(Side side)
{
    return side == Side::A ? Side::B : Side::A;
}

LinkedTimelines::LinkedTimelines(RunModel &a, RunModel &b, QWidget *parent)
    : QWidget(parent)
    , m_timelines{new TimelineWidget(a, this), new TimelineWidget(b, this)}
    , m_alignment(new QComboBox(this))
    , m_linked(new QCheckBox(tr("Linked"), this))
    , m_stretched(new QCheckBox(tr("Stretch"), this))
    , m_difference(new QLabel(this))
{
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto row = new QHBoxLayout;
    createBar(*row);
    column->addLayout(row);
    const CompareTheme theme = CompareTheme::of(palette());
    for (const Side side : {Side::A, Side::B}) {
        auto stripe = new QFrame(this); // whose timeline it is, in the color of its side
        stripe->setFixedWidth(4);
        stripe->setAutoFillBackground(true);
        QPalette colors = stripe->palette();
        colors.setColor(QPalette::Window, theme.side(side));
        stripe->setPalette(colors);
        auto line = new QHBoxLayout;
        line->setSpacing(0);
        line->addWidget(stripe);
        line->addWidget(&timeline(side), 1);
        column->addLayout(line, 1);
        TimelineWidget *shown = &timeline(side);
        shown->setAccessibleName(side == Side::A ? tr("Timeline of A") : tr("Timeline of B"));
        shown->setFollowing(false);
        shown->setEnded(true);
        connect(shown, &TimelineWidget::viewChanged, this, [this, side] { follow(side); });
        connect(shown, &TimelineWidget::told, this, &LinkedTimelines::told);
        connect(
            shown, &TimelineWidget::emissionHovered, this,
            [this, side](std::optional<EmissionId> emission) { compareEmission(side, emission); });
    }
    relink();
    QTimer::singleShot(0, this, &LinkedTimelines::fitBoth); // they learn their width first
}

void LinkedTimelines::createBar(QHBoxLayout &row)
{
    row.setContentsMargins(10, 2, 10, 4);
    row.setSpacing(12);
    m_alignment->setAccessibleName(tr("Where both runs meet"));
    m_alignment->setToolTip(tr("Where both runs meet"));
    m_alignment->addItem(tr("Aligned at the first emission"), int(RunAlignment::FirstEmission));
    m_alignment->addItem(tr("Aligned at the first start of a task"), int(RunAlignment::FirstStart));
    m_alignment->addItem(tr("Aligned at the end"), int(RunAlignment::End));
    m_linked->setChecked(true);
    m_linked->setToolTip(tr("What moves one timeline moves the other (L)"));
    m_stretched->setToolTip(tr("Stretch B, so that both start and end at the same places"));
    m_difference->setTextFormat(Qt::PlainText);
    m_difference->setAccessibleName(tr("Difference of the emission under the mouse"));
    row.addWidget(m_alignment);
    row.addWidget(m_linked);
    row.addWidget(m_stretched);
    row.addStretch();
    row.addWidget(m_difference);
    connect(m_alignment, &QComboBox::currentIndexChanged, this, &LinkedTimelines::relink);
    connect(m_stretched, &QCheckBox::toggled, this, &LinkedTimelines::relink);
    connect(m_linked, &QCheckBox::toggled, this, [this] { follow(Side::A); });
    auto shortcut = new QShortcut(Qt::Key_L, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, m_linked, &QCheckBox::toggle);
}

bool LinkedTimelines::isLinked() const
{
    return m_linked->isChecked();
}

void LinkedTimelines::setLinked(bool linked)
{
    m_linked->setChecked(linked);
}

void LinkedTimelines::setAlignment(RunAlignment alignment)
{
    m_alignment->setCurrentIndex(m_alignment->findData(int(alignment)));
}

void LinkedTimelines::setStretched(bool stretched)
{
    m_stretched->setChecked(stretched);
}

QString LinkedTimelines::difference() const
{
    return m_difference->text();
}

void LinkedTimelines::relink()
{
    const RunMoments a = RunMoments::of(timeline(Side::A).scene());
    const RunMoments b = RunMoments::of(timeline(Side::B).scene());
    m_link =
        linkOf(a, b, RunAlignment(m_alignment->currentData().toInt()), m_stretched->isChecked());
    m_alignment->setEnabled(!m_stretched->isChecked());
    // The shorter run ends in the middle of a view that shows the longer one.
    timeline(Side::A).setReach(m_link.toA(b.firstEmission), m_link.toA(b.end));
    timeline(Side::B).setReach(m_link.toB(a.firstEmission), m_link.toB(a.end));
    follow(Side::A);
}

void LinkedTimelines::fitBoth()
{
    const RunMoments a = RunMoments::of(timeline(Side::A).scene());
    const RunMoments b = RunMoments::of(timeline(Side::B).scene());
    const qint64 from = std::min(a.firstEmission, m_link.toA(b.firstEmission));
    const qint64 to = std::max(a.end, m_link.toA(b.end));
    const qint64 margin = (to - from) / 40;
    timeline(Side::A).showTimes(from - margin, to + margin);
    timeline(Side::B).showTimes(m_link.toB(from - margin), m_link.toB(to + margin));
}

/// Shows beside the one that was moved what belongs to its times.
void LinkedTimelines::follow(Side moved)
{
    if (!isLinked())
        return;
    const ViewHistory::View view = timeline(moved).scene().view();
    const qint64 end = timeline(moved).scene().viewEnd();
    if (moved == Side::A)
        timeline(Side::B).showTimes(m_link.toB(view.begin), m_link.toB(end));
    else
        timeline(Side::A).showTimes(m_link.toA(view.begin), m_link.toA(end));
}

void LinkedTimelines::compareEmission(Side side, std::optional<EmissionId> emission)
{
    const TimelineScene &here = timeline(side).scene();
    const TimelineScene &there = timeline(otherOf(side)).scene();
    const std::optional<EmissionId> same = emission
        ? counterpart(here.tracks().emissions(), *emission, there.tracks().emissions())
        : std::nullopt;
    timeline(otherOf(side)).highlight(same);
    m_difference->clear();
    if (!same)
        return;
    const auto mine = timesOf(here.model(), *emission);
    const auto other = timesOf(there.model(), *same);
    if (mine && other)
        m_difference->setText(
            tr("Emission %L1").arg(number(*emission)) + u"  \u00b7  "_s
            + (side == Side::A ? differenceText(*mine, *other) : differenceText(*other, *mine)));
}

} // namespace Fanfare
