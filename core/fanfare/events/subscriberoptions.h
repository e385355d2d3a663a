// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/subscriber.h>

namespace Fanfare {

/// What becomes a subscriber.
struct SubscriberOptions
{
    HandlerEntryPoint handler;
    SuccessCallback onSuccess;
    FailureCallback onFailure;
    bool isOnce = false; ///< taken out of all its events by the first emission that reaches it
};

} // namespace Fanfare
