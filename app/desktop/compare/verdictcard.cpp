// SPDX-License-Identifier: MIT
#include "verdictcard.h"

#include "comparetheme.h"
#include "desktop/appearance.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Fanfare {

static constexpr int barWidth = 5;

VerdictCard::VerdictCard(QWidget *parent)
    : QWidget(parent)
{
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(barWidth + 12, 10, 12, 10);
    column->setSpacing(4);
}

/// Labels stay from one verdict to the next, and with them what the user has selected.
QLabel *VerdictCard::sentenceAt(size_t position)
{
    while (m_sentences.size() <= position) {
        auto label = new QLabel(this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout()->addWidget(label);
        m_sentences.push_back(label);
    }
    return m_sentences[position];
}

static void setText(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
    label.show();
}

static void setColor(QLabel &label, const QColor &color)
{
    QPalette colors = label.palette();
    colors.setColor(QPalette::WindowText, color);
    label.setPalette(colors);
}

void VerdictCard::setVerdict(const Verdict &verdict, const QStringList &notes, bool goesOn)
{
    m_winner = verdict.winner;
    QLabel *headline = sentenceAt(0);
    QFont heading = font();
    heading.setPointSizeF(heading.pointSizeF() * 1.35);
    heading.setWeight(QFont::DemiBold);
    headline->setFont(heading);
    setText(*headline, verdict.headline);
    size_t count = 1;
    const auto add = [&](const QString &text, const QColor &color) {
        QLabel *const label = sentenceAt(count++);
        setText(*label, text);
        setColor(*label, color);
    };
    if (goesOn)
        add(tr("So far: a run of this comparison goes on."), CompareTheme::of(palette()).dimText);
    for (const QString &reason : verdict.reasons)
        add(reason, palette().color(QPalette::WindowText));
    for (const QString &note : notes)
        add(note, accentColor(Accent::Caution, palette()));
    for (size_t i = count; i < m_sentences.size(); ++i)
        m_sentences[i]->hide();
    update();
}

void VerdictCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const CompareTheme theme = CompareTheme::of(palette());
    painter.fillRect(rect(), theme.card);
    const QColor bar = m_winner == Winner::Neither ? theme.dimText
        : m_winner == Winner::A                    ? theme.a
                                                   : theme.b;
    painter.fillRect(0, 0, barWidth, height(), bar);
}

} // namespace Fanfare
