// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>

#include <QCoroTask>

#include <functional>

namespace Fanfare {

/// A callback that is a coroutine, bound to what it is called with. It may throw.
using CallbackCoroutine = std::function<QCoro::Task<void>(Context &)>;

/// For a callback that is called with \a context now: leaves the rest to \a coroutine, for whose
/// end the task waits. It runs on the event loop of the executor where there is one, else on this
/// thread in an event loop of its own. [worker]
void continueCallback(Context &context, CallbackCoroutine coroutine);

} // namespace Fanfare
