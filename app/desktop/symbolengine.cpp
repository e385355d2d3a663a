// SPDX-License-Identifier: MIT
#include "symbolengine.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgRenderer>

namespace Fanfare {

using namespace Qt::StringLiterals;

SymbolEngine::SymbolEngine(const QString &name, std::optional<Accent> accent)
    : m_accent(accent)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (file.open(QIODevice::ReadOnly))
        m_source = file.readAll();
}

QColor SymbolEngine::color(QIcon::Mode mode) const
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    if (mode == QIcon::Selected)
        return palette.color(QPalette::HighlightedText);
    return m_accent ? accentColor(*m_accent, palette) : palette.color(QPalette::ButtonText);
}

void SymbolEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    QByteArray source = m_source;
    source.replace("currentColor", color(mode).name().toLatin1());
    QSvgRenderer(source).render(painter, QRectF(rect));
}

QPixmap SymbolEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
}

QIconEngine *SymbolEngine::clone() const
{
    return new SymbolEngine(*this);
}

} // namespace Fanfare
