// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

#include <QColor>
#include <QPalette>

namespace Fanfare {

enum class Side : quint8 { A, B };

/// All colors of a comparison: Okabe and Ito's, in the shades that stand out from the palette.
struct CompareTheme
{
    static CompareTheme of(const QPalette &palette);

    const QColor &side(Side which) const { return which == Side::A ? a : b; }

    QColor a;
    QColor b;
    std::array<QColor, phaseCount> phases; ///< by Phase
    QColor card;                           ///< behind charts
    QColor line;
    QColor text;
    QColor dimText;
};

} // namespace Fanfare
