// SPDX-License-Identifier: MIT
#include "tints.h"

#include "appearance.h"

#include <QCoreApplication>
#include <QPalette>

#include <array>

namespace Fanfare {

namespace {

struct TintLook
{
    QLatin1StringView name;
    const char *text;
    QRgb hue;
};

constexpr std::array<TintLook, tintCount> tints{{
    {QLatin1StringView("yellow"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Yellow"), 0xfff0d020},
    {QLatin1StringView("orange"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Orange"), 0xffe88a20},
    {QLatin1StringView("red"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Red"), 0xffe04848},
    {QLatin1StringView("purple"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Purple"), 0xffb060d8},
    {QLatin1StringView("blue"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Blue"), 0xff3f8fe8},
    {QLatin1StringView("green"), QT_TRANSLATE_NOOP("Fanfare::Tint", "Green"), 0xff30b070},
}};

} // namespace

QString tintName(Tint tint)
{
    return tints[size_t(tint)].name;
}

QString tintText(Tint tint)
{
    return QCoreApplication::translate("Fanfare::Tint", tints[size_t(tint)].text);
}

std::optional<Tint> tintNamed(const QString &name)
{
    for (size_t i = 0; i < tints.size(); ++i) {
        if (tints[i].name == name)
            return Tint(i);
    }
    return {};
}

QColor tintColor(Tint tint, const QPalette &palette)
{
    const double share = isDark(palette) ? 0.32 : 0.4;
    return blended(palette.color(QPalette::Base), QColor(tints[size_t(tint)].hue), share);
}

} // namespace Fanfare
