// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/arguments.h>

#include <QByteArray>

namespace Fanfare {

/// Arguments that are about to travel. What is small or costly to encode is kept as bytes. Long
/// byte strings are encoded when they are sent, right to where the other process reads them:
/// putting them into a buffer first is a copy more.
struct PackedArguments
{
    QByteArray bytes; ///< see encodeArguments(); empty for none, and when isLate()
    qint64 size = 0;  ///< bytes when encoded

    bool isLate() const { return bytes.size() < size; }
};

/// Packs \a arguments. Those that end up as late are looked at and not copied. [any]
PackedArguments pack(const Arguments &arguments);

} // namespace Fanfare
