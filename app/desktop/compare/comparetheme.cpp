// SPDX-License-Identifier: MIT
#include "comparetheme.h"

#include "desktop/appearance.h"

namespace Fanfare {

CompareTheme CompareTheme::of(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    const QColor text = palette.color(QPalette::Active, QPalette::Text);
    const bool dark = isDark(palette);
    CompareTheme theme;
    theme.a = dark ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x72, 0xb2);
    theme.b = dark ? QColor(0xe6, 0x9f, 0x00) : QColor(0xd5, 0x5e, 0x00);
    theme.phases = {QColor(0x99, 0x99, 0x99), QColor(0xcc, 0x79, 0xa7), QColor(0x00, 0x9e, 0x73),
                    dark ? QColor(0xf0, 0xe4, 0x42) : QColor(0xd9, 0xc4, 0x1a)};
    theme.card = base;
    theme.line = blended(base, text, 0.16);
    theme.text = text;
    theme.dimText = blended(base, text, 0.66);
    return theme;
}

} // namespace Fanfare
