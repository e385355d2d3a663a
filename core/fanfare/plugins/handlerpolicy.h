// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QCborMap>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Fanfare {

/// Where a handler may run.
enum class Isolation : quint8 {
    Any,
    Process, ///< only in worker processes
    Thread,  ///< only on threads
};

/// "any", "process", "thread", as in the metadata.
QString isolationName(Isolation isolation);
std::optional<Isolation> isolationNamed(QStringView name);

/// What somebody says about how a handler runs: the plugin in its metadata, or the user for a
/// plugin, an event or a handler. What is not set is left to whoever else says something.
struct PolicyPart
{
    std::optional<bool> isEnabled;
    std::optional<Isolation> isolation;
    std::optional<qint64> deadlineMs; ///< 0: none
    std::optional<int> concurrency;   ///< tasks of the handler that run at once; 0: any number
    std::optional<bool> isIdempotent;
    std::optional<bool> isBlocking;    ///< a sync handler waits, and occupies no worker
    std::optional<qint64> maxMemoryMb; ///< MiB, see HandlerEntryPoint::memoryLimit; 0: any number

    bool isEmpty() const { return *this == PolicyPart(); }
    bool operator==(const PolicyPart &other) const = default;
};

/// Keys of \a part as JSON: "enabled", "isolation", "deadlineMs", "concurrency", "idempotent",
/// "kind" ("blocking" or "sync") and "maxMemoryMb".
QJsonObject toJson(const PolicyPart &part);

/// Reads what toJson() made. Other keys are ignored. Error: InvalidArgument, which names the key
/// and what its value must be.
Result<PolicyPart> policyFromJson(const QJsonObject &json);

/// Who said what holds.
enum class PolicySource : quint8 {
    Default,    ///< nobody
    Plugin,     ///< the plugin: its metadata, or what it says of its handlers
    ForPlugin,  ///< the user, for all handlers of the plugin
    ForHandler, ///< the user, for this handler
};

/// "default", "plugin", "override of the plugin", "override of the handler" in one word each.
QString sourceName(PolicySource source);
std::optional<PolicySource> sourceNamed(QStringView name);

template <typename T>
struct Sourced
{
    T value{};
    PolicySource source = PolicySource::Default;

    bool operator==(const Sourced &other) const = default;
};

/// What holds for one handler, and who said so.
struct HandlerPolicy
{
    Sourced<bool> isEnabled{true};
    Sourced<Isolation> isolation{};
    Sourced<qint64> deadlineMs{};
    Sourced<int> concurrency{};
    Sourced<bool> isIdempotent{};
    Sourced<bool> isBlocking{};
    Sourced<qint64> maxMemoryMb{};

    bool operator==(const HandlerPolicy &other) const = default;
};

/// For each value the word of the user for the handler, else for the plugin, else that of the
/// plugin itself.
HandlerPolicy resolvePolicy(const PolicyPart &stated, const PolicyPart &forPlugin,
                            const PolicyPart &forHandler);

/// For the engine link.
QCborMap toCbor(const HandlerPolicy &policy);
HandlerPolicy policyFromCbor(const QCborMap &map);

} // namespace Fanfare
