// SPDX-License-Identifier: MIT
#pragma once

#include <QCoroTask>

#include <functional>

namespace Fanfare {

/// Runs the coroutine that \a start begins to its end, in an event loop of its own on this thread.
/// What it throws is thrown here. Not QCoro::waitFor(), which never returns when the coroutine
/// throws (QCoro 0.8). [any, blocks]
void runToEnd(const std::function<QCoro::Task<void>()> &start);

} // namespace Fanfare
