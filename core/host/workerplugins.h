// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/subscriber.h>
#include <fanfare/ipc/workerprotocol.h>

#include <QHash>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace Fanfare {

/// The handlers of a worker, by the numbers that its host gave them, and the names of events.
///
/// Threads: load() by the one thread that all plugins live in; the rest [any, locks].
class WorkerPlugins
{
public:
    /// Makes the handler that \a request asks for. Runs foreign code. Nothing when it is there
    /// now, else why it is not.
    std::optional<LoadProblem> load(quint32 number, const LoadRequest &request);

    /// The handler \a number, or null. It lives as long as this object.
    const HandlerEntryPoint *handler(quint32 number) const;

    void nameEvent(quint32 number, const QString &name);
    QString eventName(quint32 number) const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<HandlerEntryPoint>> m_handlers; // guarded by m_mutex
    QHash<quint32, QString> m_events;                           // guarded by m_mutex
};

} // namespace Fanfare
