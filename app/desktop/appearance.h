// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>

namespace Fanfare {

enum class ColorScheme : quint8 { System, Light, Dark };

/// Gives the application the colors of \a scheme, at once. System is what the desktop says; the
/// other two use the Fusion style. [gui]
void applyColorScheme(ColorScheme scheme);

/// What a color means. The colors themselves differ between light and dark palettes.
enum class Accent : quint8 { Good, Caution, Bad, Neutral };

/// A color for text and symbols on the base color of \a palette, contrast at least 4.5:1.
QColor accentColor(Accent accent, const QPalette &palette);

/// \a share (0..1) of \a over on top of \a under.
QColor blended(const QColor &under, const QColor &over, double share);

bool isDark(const QPalette &palette);

/// The symbol \a name of the resources, drawn in the text color of the palette of the moment: it
/// follows a switch between light and dark.
QIcon symbolIcon(const QString &name);

/// The same in the color of \a accent.
QIcon symbolIcon(const QString &name, Accent accent);

/// Text that names something less important than what stands beside it.
void setMuted(QWidget &widget);

} // namespace Fanfare
