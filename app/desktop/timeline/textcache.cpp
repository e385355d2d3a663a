// SPDX-License-Identifier: MIT
#include "desktop/timeline/textcache.h"

#include <QPainter>

namespace Fanfare {

static constexpr int widthStep = 12; // pixels; few enough classes to find texts again while zooming
static constexpr int unlimited = -1;
static constexpr qsizetype maximumTexts = 4'000;

TextCache::TextCache(const QFont &font)
    : m_font(font)
    , m_metrics(font)
{
}

const QStaticText &TextCache::laidOut(const QString &text, int width)
{
    const std::pair key(text, width);
    const auto known = m_texts.constFind(key);
    if (known != m_texts.constEnd())
        return *known;
    if (m_texts.size() >= maximumTexts) // the ruler's texts come and go
        m_texts.clear();
    QStaticText laidOut(width == unlimited ? text
                                           : m_metrics.elidedText(text, Qt::ElideRight, width));
    laidOut.setTextFormat(Qt::PlainText);
    laidOut.setPerformanceHint(QStaticText::AggressiveCaching);
    laidOut.prepare(QTransform(), m_font);
    return *m_texts.insert(key, laidOut);
}

void TextCache::draw(QPainter &painter, const QRectF &rect, const QString &text)
{
    const auto available = static_cast<int>(rect.width());
    const QStaticText *full = &laidOut(text, unlimited);
    if (full->size().width() > available) {
        const int width = available / widthStep * widthStep;
        if (width < widthStep)
            return;
        full = &laidOut(text, width);
    }
    const double y = rect.y() + (rect.height() - full->size().height()) / 2;
    painter.drawStaticText(QPointF(rect.x(), y), *full);
}

} // namespace Fanfare
