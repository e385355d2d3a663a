// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QList>
#include <QString>

#include <functional>

namespace Fanfare {

/// One thing the command palette can do.
struct PaletteItem
{
    QString id;    ///< the same in every session: what was used last is known by it
    QString text;  ///< what is matched and shown
    QString place; ///< where else it is found, or what kind of thing it is: "Run", "Event"
    QString keys;  ///< its shortcut, may be empty
    QIcon icon;
    std::function<void()> run;
    bool isChecked = false; ///< a switch that is on
};

/// Lists what can be done at this moment. Asked each time the palette opens.
using PaletteSource = std::function<QList<PaletteItem>()>;

/// Makes an item of what was typed, such as "#123"; nothing (an item without run) for most texts.
using PaletteReader = std::function<PaletteItem(const QString &text)>;

} // namespace Fanfare
