// SPDX-License-Identifier: MIT
#include "desktop/timeline/spancolors.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace Fanfare {

/// From dark blue over gray to yellow: the lightness grows evenly, and blue and yellow differ for
/// everybody.
static constexpr std::array<QRgb, 6> heatStops{
    qRgb(0x1b, 0x2f, 0x63), qRgb(0x43, 0x4e, 0x6c), qRgb(0x6b, 0x6d, 0x72),
    qRgb(0x95, 0x8f, 0x78), qRgb(0xc3, 0xb3, 0x69), qRgb(0xfb, 0xe0, 0x4a),
};

QRgb SpanColors::heat(qint64 nanoseconds)
{
    constexpr double decades = 7; // from 1 us to 10 s
    const double microseconds = static_cast<double>(std::max<qint64>(1'000, nanoseconds)) / 1e3;
    const double place =
        std::clamp(std::log10(microseconds) / decades, 0.0, 1.0) * double(heatStops.size() - 1);
    const auto stop = std::min(static_cast<size_t>(place), heatStops.size() - 2);
    return mixed(heatStops[stop], heatStops[stop + 1],
                 static_cast<int>(std::lround((place - double(stop)) * 255)));
}

QRgb SpanColors::color(quint32 handler, const RunModel &model)
{
    constexpr quint32 remembered = 65'536; // indexes are dense; an unknown handler's is not
    if (handler >= remembered)
        return m_theme.handlerColor(model.handler(handler));
    if (handler >= m_colors.size())
        m_colors.resize(handler + 1, 0);
    if (m_colors[handler] == 0)
        m_colors[handler] = m_theme.handlerColor(model.handler(handler));
    return m_colors[handler];
}

QRgb SpanColors::nameColor(const QString &name)
{
    const auto known = m_names.constFind(name);
    return known != m_names.constEnd() ? *known : *m_names.insert(name, m_theme.nameColor(name));
}

QRgb SpanColors::color(const OpenSpan &open, const RunModel &model)
{
    switch (m_coloring) {
    case SpanColoring::Event:
        return nameColor(model.eventName(open.task.task.emission));
    case SpanColoring::Plugin:
        return nameColor(model.handler(open.handler).plugin);
    case SpanColoring::Worker:
        return nameColor(model.lane(open.lane).name);
    default:
        return color(open.handler, model);
    }
}

QRgb SpanColors::color(const SpanRow &spans, quint32 lane, size_t position, quint32 handler,
                       const RunModel &model)
{
    switch (m_coloring) {
    case SpanColoring::Wait:
        return heat(spans.wait(position));
    case SpanColoring::Duration:
        return heat(spans.length(position));
    case SpanColoring::Outcome: {
        const Outcome outcome = spans.outcome(position);
        return outcome == Outcome::Succeeded ? qRgb(0x56, 0xb4, 0xe9)
                                             : m_theme.outcomeColor(outcome);
    }
    case SpanColoring::Event:
        return nameColor(model.eventName(spans.task(position).emission));
    case SpanColoring::Plugin:
        return nameColor(model.handler(handler).plugin);
    case SpanColoring::Worker:
        return nameColor(model.lane(lane).name);
    case SpanColoring::Handler:
        break;
    }
    return color(handler, model);
}

SpanPattern SpanColors::pattern(const SpanRow &spans, quint32 lane, size_t position,
                                const RunModel &model) const
{
    if (m_theme.spans != SpanPalette::Gray)
        return SpanPattern::Plain;
    const HandlerEntry &handler = model.handler(spans.handler(position));
    switch (m_coloring) {
    case SpanColoring::Handler:
        return m_theme.namePattern(handler.plugin + u'/' + handler.handler);
    case SpanColoring::Event:
        return m_theme.namePattern(model.eventName(spans.task(position).emission));
    case SpanColoring::Plugin:
        return m_theme.namePattern(handler.plugin);
    case SpanColoring::Worker:
        return m_theme.namePattern(model.lane(lane).name);
    default:
        return SpanPattern::Plain; // these are scales, or have marks of their own
    }
}

QString SpanColors::title() const
{
    switch (m_coloring) {
    case SpanColoring::Wait:
        return tr("Waited");
    case SpanColoring::Duration:
        return tr("Ran");
    case SpanColoring::Outcome:
        return tr("Colors: outcome");
    case SpanColoring::Event:
        return tr("Colors: event");
    case SpanColoring::Plugin:
        return tr("Colors: plugin");
    case SpanColoring::Worker:
        return tr("Colors: worker");
    case SpanColoring::Handler:
        break;
    }
    return QString();
}

void SpanColors::drawLegend(QPainter &painter, const QRectF &rect) const
{
    if (m_coloring == SpanColoring::Handler)
        return;
    painter.save();
    painter.setPen(m_theme.text);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, title());
    if (m_coloring == SpanColoring::Wait || m_coloring == SpanColoring::Duration) {
        const QRectF scale(rect.center().x() - 8, rect.y() + 3, rect.width() / 2 + 8,
                           rect.height() - 6);
        QLinearGradient gradient(scale.topLeft(), scale.topRight());
        for (size_t i = 0; i < heatStops.size(); ++i)
            gradient.setColorAt(double(i) / double(heatStops.size() - 1), QColor(heatStops[i]));
        painter.fillRect(scale, gradient);
        QFont small = painter.font();
        small.setPixelSize(9);
        painter.setFont(small);
        painter.setPen(Qt::white);
        painter.drawText(scale.adjusted(3, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("1 \u00b5s"));
        painter.setPen(Qt::black);
        painter.drawText(scale.adjusted(0, 0, -3, 0), Qt::AlignRight | Qt::AlignVCenter,
                         tr("10 s"));
    }
    painter.restore();
}

} // namespace Fanfare
