// SPDX-License-Identifier: MIT
#include "alignmentchoice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace Fanfare {

using Kind = RunAlignment::Kind;

AlignmentChoice::AlignmentChoice(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_emission(new QSpinBox(this))
{
    m_kind->setAccessibleName(tr("Where both runs meet"));
    m_kind->setToolTip(tr("Where both runs meet"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_kind->addItem(tr("Aligned at the start of the run"), int(Kind::RunStart));
    m_kind->addItem(tr("Aligned at the first emission"), int(Kind::FirstEmission));
    m_kind->addItem(tr("Aligned at the first start of a task"), int(Kind::FirstStart));
    m_kind->addItem(tr("Aligned at emission number"), int(Kind::Emission));
    m_kind->addItem(tr("Aligned at the end"), int(Kind::End));
    m_kind->addItem(tr("Aligned by the clock on the wall"), int(Kind::WallClock));
    m_emission->setAccessibleName(tr("Number of the emission"));
    m_emission->setToolTip(tr("The emission of this rank begins at the same place in both runs"));
    m_emission->setGroupSeparatorShown(true);
    m_emission->setRange(1, 1);
    auto row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_kind);
    row->addWidget(m_emission);
    setAlignment({});
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showNumber();
        Q_EMIT changed();
    });
    connect(m_emission, &QSpinBox::valueChanged, this, &AlignmentChoice::changed);
}

void AlignmentChoice::showNumber()
{
    m_emission->setVisible(alignment().kind == Kind::Emission);
}

RunAlignment AlignmentChoice::alignment() const
{
    const auto kind = Kind(m_kind->currentData().toInt());
    const int note = m_kind->currentIndex() - (m_kind->count() - int(m_notes.size()));
    return {kind, quint64(m_emission->value()),
            kind == Kind::Note ? m_notes.value(note) : QString()};
}

void AlignmentChoice::setAlignment(const RunAlignment &alignment)
{
    const int firstNote = m_kind->count() - int(m_notes.size());
    const int index = alignment.kind == Kind::Note
        ? firstNote + int(m_notes.indexOf(alignment.note))
        : m_kind->findData(int(alignment.kind));
    m_emission->setValue(int(alignment.emission));
    m_kind->setCurrentIndex(index);
    showNumber();
}

void AlignmentChoice::setEmissions(size_t count)
{
    constexpr size_t most = std::numeric_limits<int>::max();
    m_emission->setMaximum(int(std::clamp<size_t>(count, 1, most)));
}

/// A note that is gone leaves the first emission in its place.
void AlignmentChoice::setNotes(const QStringList &notes)
{
    if (notes == m_notes)
        return;
    const RunAlignment before = alignment();
    {
        const QSignalBlocker quiet(m_kind);
        for (qsizetype i = 0; i < m_notes.size(); ++i)
            m_kind->removeItem(m_kind->count() - 1);
        m_notes = notes;
        for (const QString &note : notes)
            m_kind->addItem(tr("Aligned at note “%1”").arg(note.simplified().left(40)),
                            int(Kind::Note));
        const bool isGone = before.kind == Kind::Note && !notes.contains(before.note);
        setAlignment(isGone ? RunAlignment() : before);
    }
    if (alignment() != before)
        Q_EMIT changed();
}

} // namespace Fanfare
