// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>
#include <fanfare/executors/handlergate.h>
#include <fanfare/sdk/context.h>

#include <QCborValue>
#include <QCoroTask>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace Fanfare {

/// A sync handler: runs on a worker, returns its result (undefined or null: no result).
using HandlerFunction = std::function<QCborValue(Context &)>;
/// An async handler: a coroutine on the event loop of the executor.
using HandlerCoroutine = std::function<QCoro::Task<QCborValue>(Context &)>;
/// Called once after the handler returned, on the thread it ran on. The rest of a callback that is
/// a coroutine runs on the event loop of the executor, see continueCallback().
using SuccessCallback = std::function<void(Context &, const QCborValue &result)>;
/// Called once when the task ended in any other way, except when it was canceled before it started:
/// then nobody is called. \c Context::stopToken() may be requested. When the handler was given up
/// because it is still running, on a thread beside it.
using FailureCallback = std::function<void(Context &, Outcome, const TaskError &)>;

enum class HandlerKind : quint8 {
    Sync,     ///< runs on a worker and occupies it
    Blocking, ///< sync code that waits: runs on a thread beside the workers, occupies none
    Async,    ///< a coroutine
};

/// Where a handler can be found by another process. Empty for code of the embedding program.
struct HandlerIdentity
{
    QString plugin;  ///< plugin id
    QString handler; ///< name in that plugin
    QString path;    ///< file to load the plugin from, absolute
    QByteArray hash; ///< SHA-256 of that file, 32 bytes; empty when nobody computed it

    bool isEmpty() const { return plugin.isEmpty(); }
};

/// Code that reacts, with what an executor must know to run it. Exactly one of \c run and
/// \c start is set, as \c kind says.
struct HandlerEntryPoint
{
    HandlerKind kind = HandlerKind::Sync;
    HandlerFunction run;
    HandlerCoroutine start;
    HandlerIdentity identity;
    bool isIdempotent = false;            ///< may be started again after its worker died
    bool takesObject = false;             ///< reads a ReceivedEvent, never Arguments::fields
    std::chrono::nanoseconds deadline{0}; ///< from its start, when it is asked to stop; 0: none
    int concurrency =
        0; ///< tasks of its subscriber that run at once in one executor; 0: any number

    /// Bytes that its worker process may take while it runs, what else runs there included; beyond
    /// that its task ends as Crashed, "memory-limit". Threads do not know whose memory is whose and
    /// do not look at it. 0: any number.
    quint64 memoryLimit = 0;

    /// Closed when nothing of it shall start any more, not even what is queued: its plugin was
    /// removed, or it crashed too often. Null: always open.
    std::shared_ptr<HandlerGate> gate = {};

    bool isWithdrawn() const { return gate && gate->isClosed(); }

    bool isValid() const { return kind == HandlerKind::Async ? bool(start) : bool(run); }
};

/// One handler linked to events, with its callbacks. Immutable once made; shared by the linker
/// and by every emission that was accepted while it was linked.
struct Subscriber
{
    SubscriberId id{};
    HandlerEntryPoint handler;
    SuccessCallback onSuccess; ///< may be null
    FailureCallback onFailure; ///< may be null
    bool isOnce = false;
    qint64 created = 0; ///< MonotonicClock nanoseconds
};

using SubscriberPointer = std::shared_ptr<const Subscriber>;

/// The subscribers of one event at one moment, in order of subscription.
struct Recipients
{
    QString event;                              ///< name of the event, "*" for the global one
    quint32 eventNumber = 0;                    ///< SpanRecord::event
    std::vector<SubscriberPointer> subscribers; ///< at most 65,535
    bool hasAsync = false;                      ///< one of the handlers is a coroutine
    bool needFields = true;                     ///< somebody may read Arguments::fields
};

using RecipientsPointer = std::shared_ptr<const Recipients>;

} // namespace Fanfare
