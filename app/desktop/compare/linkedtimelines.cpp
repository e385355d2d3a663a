// SPDX-License-Identifier: MIT
#include "linkedtimelines.h"

#include "alignmentchoice.h"
#include "desktop/appearance.h"
#include "desktop/models/runmodel.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"
#include "emissiondifference.h"

#include <QCheckBox>
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

LinkedTimelines::LinkedTimelines(RunModel &a, RunModel &b, const std::array<RunBegin, 2> &begins,
                                 QWidget *parent)
    : QWidget(parent)
    , m_timelines{new TimelineWidget(a, this), new TimelineWidget(b, this)}
    , m_begins(begins)
    , m_alignment(new AlignmentChoice(this))
    , m_linked(new QCheckBox(tr("Linked"), this))
    , m_stretched(new QCheckBox(tr("Stretch"), this))
    , m_growing(new QLabel(this))
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
        RunModel &model = side == Side::A ? a : b;
        connect(&model, &RunModel::changed, this, &LinkedTimelines::grow);
        connect(shown, &TimelineWidget::viewChanged, this, [this, side] {
            m_isFitting = false;
            follow(side);
        });
        connect(shown, &TimelineWidget::editsChanged, this, [this] {
            offerNotes();
            if (alignment().kind == RunAlignment::Kind::Note)
                realign(); // it may have moved
        });
        connect(shown, &TimelineWidget::told, this, &LinkedTimelines::told);
        connect(shown, &TimelineWidget::timeHovered, this,
                [this, side](std::optional<qint64> time) {
                    m_cursor.reset();
                    if (time)
                        m_cursor = {side, *time};
                    showCursor();
                });
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
    m_linked->setChecked(true);
    m_linked->setToolTip(tr("What moves one timeline moves the other (L)"));
    m_stretched->setToolTip(tr("Stretch B, so that both start and end at the same places"));
    m_difference->setTextFormat(Qt::PlainText);
    m_difference->setAccessibleName(tr("Difference of the emission under the mouse"));
    row.addWidget(m_alignment);
    row.addWidget(m_linked);
    row.addWidget(m_stretched);
    m_growing->hide();
    setMuted(*m_growing);
    row.addWidget(m_growing);
    row.addStretch();
    row.addWidget(m_difference);
    connect(m_alignment, &AlignmentChoice::changed, this, &LinkedTimelines::realign);
    connect(m_stretched, &QCheckBox::toggled, this, &LinkedTimelines::realign);
    connect(m_linked, &QCheckBox::toggled, this, [this] {
        follow(Side::A);
        showCursor();
    });
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

RunAlignment LinkedTimelines::alignment() const
{
    return m_alignment->alignment();
}

void LinkedTimelines::setAlignment(const RunAlignment &alignment)
{
    m_alignment->setAlignment(alignment);
}

void LinkedTimelines::setStretched(bool stretched)
{
    m_stretched->setChecked(stretched);
}

QString LinkedTimelines::difference() const
{
    return m_difference->text();
}

RunMoments LinkedTimelines::momentsOf(Side side) const
{
    return RunMoments::of(timeline(side).scene(), m_begins[size_t(side)]);
}

/// Where one of the runs lacks what was asked for, they meet at the first emission.
TimelineLink LinkedTimelines::newLink(const RunMoments &a, const RunMoments &b) const
{
    if (m_stretched->isChecked())
        return stretchedLink(a, b);
    const auto momentIn = [this](Side side, const RunMoments &moments) {
        const TimelineScene &scene = timeline(side).scene();
        return momentOf(m_alignment->alignment(), moments, scene.tracks().emissions(),
                        scene.notes());
    };
    const auto inA = momentIn(Side::A, a);
    const auto inB = momentIn(Side::B, b);
    return inA && inB ? TimelineLink{*inA, *inB} : TimelineLink{a.firstEmission, b.firstEmission};
}

/// Offers what both runs have.
void LinkedTimelines::offerNotes()
{
    const auto textsOf = [this](Side side) {
        QStringList texts;
        for (const TimelineNote &note : timeline(side).scene().notes().all())
            texts.append(note.text);
        return texts;
    };
    QStringList both = textsOf(Side::A);
    const QStringList inB = textsOf(Side::B);
    both.removeDuplicates();
    both.removeIf([&inB](const QString &text) { return !inB.contains(text); });
    m_alignment->setNotes(both);
}

/// The view of A stays, unless nothing of B would be left in its own.
void LinkedTimelines::realign()
{
    relink();
    const RunMoments b = momentsOf(Side::B);
    const ViewHistory::View view = timeline(Side::B).scene().view();
    const bool isBInView =
        view.begin < b.end && view.begin + qRound64(view.length) > b.firstEmission;
    if (m_isFitting || !isBInView)
        fitBoth();
}

void LinkedTimelines::relink()
{
    const RunMoments a = momentsOf(Side::A);
    const RunMoments b = momentsOf(Side::B);
    m_alignment->setEmissions(std::min(timeline(Side::A).scene().tracks().emissions().size(),
                                       timeline(Side::B).scene().tracks().emissions().size()));
    m_link = newLink(a, b);
    m_alignment->setEnabled(!m_stretched->isChecked());
    // The shorter run ends in the middle of a view that shows the longer one.
    timeline(Side::A).setReach(m_link.toA(b.firstEmission), m_link.toA(b.end));
    timeline(Side::B).setReach(m_link.toB(a.firstEmission), m_link.toB(a.end));
    follow(Side::A);
    showCursor();
}

int LinkedTimelines::wantedHeight() const
{
    constexpr int bar = 40;
    constexpr int ruler = 64; // and emissions, and some air
    int height = bar;
    for (const Side side : {Side::A, Side::B})
        height += ruler + timeline(side).scene().lanes().contentHeight();
    return height;
}

void LinkedTimelines::setEnded(Side side, bool ended)
{
    m_isEnded[size_t(side)] = ended;
    const bool a = !isEnded(Side::A);
    const bool b = !isEnded(Side::B);
    m_growing->setText(a && b ? tr("Both go on") : a ? tr("A goes on") : tr("B goes on"));
    m_growing->setVisible(a || b);
}

void LinkedTimelines::grow()
{
    relink();
    if (m_isFitting)
        fitBoth();
}

void LinkedTimelines::fitBoth()
{
    const RunMoments a = momentsOf(Side::A);
    const RunMoments b = momentsOf(Side::B);
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

/// In both, so that what is told of them can be compared.
void LinkedTimelines::showCursor()
{
    std::optional<qint64> a;
    std::optional<qint64> b;
    if (m_cursor && isLinked()) {
        const auto [side, time] = *m_cursor;
        a = side == Side::A ? time : m_link.toA(time);
        b = side == Side::B ? time : m_link.toB(time);
    }
    timeline(Side::A).showCursor(a);
    timeline(Side::B).showCursor(b);
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
