// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <vector>

namespace Fanfare {

/// Writes frame times in milliseconds, oldest first, as {"frameMs": [...]}.
Result<void> writeFrameLog(const std::vector<double> &frames, const QString &path);

} // namespace Fanfare
