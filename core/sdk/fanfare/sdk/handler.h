// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/context.h>

#include <QCborValue>

#include <QCoroTask>

namespace Fanfare {

class AsyncHandler;

/// Code that reacts to an event. A handler object is made once and runs many times, at the same
/// time on several threads: what it keeps between calls needs its own protection.
///
/// Ownership: made by HandlerPlugin::create(), deleted by the host, before the plugin.
class Handler
{
public:
    virtual ~Handler() = default; ///< when none of its calls runs any more. [owner]

    /// Does the work and returns its result; an undefined or null value is "no result". Throwing
    /// std::exception (or anything else) ends the task as Failed and harms nothing else.
    /// [worker]
    virtual QCborValue run(Context &context) = 0;

    /// This handler as an asynchronous one, or null for a sync handler. [any]
    virtual AsyncHandler *asAsync() { return nullptr; }
};

/// A handler that is a C++20 coroutine: while it waits it occupies no worker.
class AsyncHandler : public Handler
{
public:
    /// Starts the work on the event loop of the executor. The coroutine, its locals and
    /// \a context live until it ends. Throwing is as in run(). [worker, always the same thread]
    virtual QCoro::Task<QCborValue> start(Context &context) = 0;

    QCborValue run(Context &) final { return {}; } ///< never called
    AsyncHandler *asAsync() final { return this; } ///< [any]
};

} // namespace Fanfare
