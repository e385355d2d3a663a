// SPDX-License-Identifier: MIT
#include "comparechart.h"

#include "chartaxis.h"

#include <fanfare/runs/durationwords.h>

#include <QPainter>

namespace Fanfare {

static constexpr int padding = 10;

CompareChart::CompareChart(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
{
    setAccessibleName(title);
}

void CompareChart::setTitle(const QString &title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

std::vector<std::pair<QColor, QString>> CompareChart::legend(const CompareTheme &theme) const
{
    return {{theme.a, tr("A")}, {theme.b, tr("B")}};
}

QSize CompareChart::minimumSizeHint() const
{
    return {240, 60 + 5 * fontMetrics().height()};
}

int CompareChart::bottomMargin() const
{
    return fontMetrics().height() + 4;
}

void CompareChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const CompareTheme theme = CompareTheme::of(palette());
    painter.setPen(theme.line);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRectF inner = QRectF(rect()).adjusted(padding, 6, -padding, -padding + 2);
    const QRectF line(inner.left(), inner.top(), inner.width(), fontMetrics().height() + 2);
    drawLegend(painter, line, theme);
    draw(painter, inner.adjusted(0, line.height() + 6, 0, 0), theme);
}

void CompareChart::drawLegend(QPainter &painter, const QRectF &line,
                              const CompareTheme &theme) const
{
    double right = line.right();
    const auto entries = legend(theme);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const int width = fontMetrics().horizontalAdvance(entry->second);
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(right - width, line.top(), width + 1, line.height()),
                         Qt::AlignVCenter, entry->second);
        const double size = 9;
        painter.fillRect(QRectF(right - width - size - 5, line.center().y() - size / 2, size, size),
                         entry->first);
        right -= width + size + 17;
    }
    painter.setPen(theme.text);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QRectF room(line.left(), line.top(), right - line.left(), line.height());
    painter.drawText(room, Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, int(room.width())));
    painter.setFont(font());
}

void CompareChart::drawTimeAxis(QPainter &painter, const QRectF &plot, const ChartAxis &axis,
                                const CompareTheme &theme) const
{
    constexpr double room = 70; // of one label
    double free = plot.left() - room;
    for (const double tick : axis.ticks(std::max(2, int(plot.width() / (room * 1.2))))) {
        const double x = axis.positionOf(tick);
        painter.setPen(theme.line);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const double left = std::clamp(x - room / 2, plot.left(), plot.right() - room);
        if (left < free)
            continue;
        free = left + room;
        painter.setPen(theme.dimText);
        const int alignment = x - room / 2 < plot.left() ? Qt::AlignLeft
            : left < x - room / 2                        ? Qt::AlignRight
                                                         : Qt::AlignHCenter;
        painter.drawText(QRectF(left, plot.bottom() + 3, room, fontMetrics().height()), alignment,
                         tick == 0 ? QStringLiteral("0") : durationWords(tick));
    }
}

void CompareChart::drawHint(QPainter &painter, const QRectF &plot, const QString &text,
                            const CompareTheme &theme) const
{
    painter.setPen(theme.dimText);
    painter.drawText(plot, Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace Fanfare
