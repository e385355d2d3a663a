// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"

#include <QByteArray>
#include <QIconEngine>

#include <optional>

namespace Fanfare {

/// Draws a one-colored SVG of the resources in a color that is chosen while drawing, so that one
/// icon serves light, dark, disabled and selected.
class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(const QString &name, std::optional<Accent> accent);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;

private:
    QColor color(QIcon::Mode mode) const;

    QByteArray m_source;
    std::optional<Accent> m_accent;
};

} // namespace Fanfare
