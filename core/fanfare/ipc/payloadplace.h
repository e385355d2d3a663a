// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Fanfare {

/// Where a payload lies in the room that two processes share.
struct PayloadPlace
{
    qsizetype begin = 0; ///< bytes from the beginning of the room; a multiple of the page size
    qsizetype size = 0;  ///< bytes
};

inline constexpr qsizetype payloadPage = 4096; ///< bytes

} // namespace Fanfare
