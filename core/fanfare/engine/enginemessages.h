// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/engineoptions.h>
#include <fanfare/engine/facts.h>
#include <fanfare/executors/emissionrange.h>
#include <fanfare/ipc/buildid.h>
#include <fanfare/ipc/frame.h>

namespace Fanfare {

/// What goes down to an engine. The values are the frame types.
enum class EngineCommand : quint16 {
    Hello = 0x0101, ///< the first frame
    Emit,           ///< frame number: the command
    CancelAll,      ///< no payload
    Rescan,         ///< no payload: look at the plugin folders now
    TryAgain,       ///< payload: the path of a plugin file in UTF-8
    Shutdown,       ///< no payload; nothing may follow
    Cancel,         ///< a CancelMessage
};

/// What comes up from an engine.
enum class EngineReport : quint16 {
    Welcome = 0x0201, ///< the first frame
    Catalog,          ///< when all plugins have been looked at, and whenever one changes; a
                      ///< progress goes before it: later emissions have the new subscribers
    Progress,         ///< counters and how far the commands are; batches follow
    Batch,            ///< a part of a trace batch; UnfinishedFrame unless it is the last
    CommandEnded,     ///< frame number: the command
    Idle,             ///< frame number: the last command that was received
    Bye,              ///< everything was reported; the engine leaves
    Cluster,          ///< a ClusterFact, when it is another than before
};

struct HelloMessage
{
    int protocol = protocolVersion;
    QString build;
    QByteArray nonce;      ///< comes back with the welcome: what answers was started by us
    QString flightLog;     ///< path
    EngineOptions options; ///< without hostPath
};

struct WelcomeMessage
{
    int protocol = protocolVersion;
    QString build;
    QByteArray nonce;
    QString problem; ///< why the engine leaves at once; empty when it does not
};

/// A command to emit. Emission k carries arguments[k % size] and the number first + k.
struct EmitMessage
{
    EmissionId first{};
    EmitCommand command;
};

/// The emissions to cancel. Those that are not accepted yet are not any more when the rest of their
/// command is in the range.
struct CancelMessage
{
    EmissionRange range;
};

struct CommandProgress
{
    quint64 command = 0;
    quint64 accepted = 0; ///< emissions
};

struct ProgressMessage
{
    qint64 time = 0; ///< MonotonicClock nanoseconds
    CounterFact counters;
    QList<CommandProgress> commands; ///< the active ones
};

QByteArray encode(const HelloMessage &message);
QByteArray encode(const WelcomeMessage &message);
QByteArray encode(const EmitMessage &message);
QByteArray encode(const CancelMessage &message);
QByteArray encode(const ProgressMessage &message);
QByteArray encode(const CommandFact &fact); ///< without the number of the command
QByteArray encode(const CatalogFact &fact);

/// Reads what encode() made. Error: Protocol, for anything else. \a T is one of the types above.
template <typename T>
Result<T> decode(const QByteArray &payload);

} // namespace Fanfare
