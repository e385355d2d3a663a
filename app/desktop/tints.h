// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QString>

#include <optional>

class QPalette;

namespace Fanfare {

/// Backgrounds that make rows of a list stand out, told apart by their hue.
enum class Tint : quint8 { Yellow, Orange, Red, Purple, Blue, Green };
inline constexpr int tintCount = 6;

QString tintName(Tint tint); ///< "yellow": settings know it by that
std::optional<Tint> tintNamed(const QString &name);
QString tintText(Tint tint); ///< as users read it

/// \a tint over the base color of \a palette. The text color of \a palette has a contrast of at
/// least 4.5:1 on it, also when a share of 0.18 of the highlight lies above.
QColor tintColor(Tint tint, const QPalette &palette);

} // namespace Fanfare
