// SPDX-License-Identifier: MIT
#include "verdictcard.h"

#include "comparetheme.h"
#include "desktop/appearance.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Fanfare {

static constexpr int barWidth = 5;

static QLabel *sentence(const QString &text, QWidget *parent)
{
    auto label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

VerdictCard::VerdictCard(const Verdict &verdict, const QStringList &notes, QWidget *parent)
    : QWidget(parent)
    , m_winner(verdict.winner)
{
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(barWidth + 12, 10, 12, 10);
    column->setSpacing(4);
    auto headline = sentence(verdict.headline, this);
    QFont font = headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    headline->setFont(font);
    column->addWidget(headline);
    for (const QString &reason : verdict.reasons)
        column->addWidget(sentence(reason, this));
    for (const QString &note : notes) {
        auto label = sentence(note, this);
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, accentColor(Accent::Caution, palette()));
        label->setPalette(colors);
        column->addWidget(label);
    }
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
