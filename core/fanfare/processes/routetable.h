// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/executor.h>
#include <fanfare/ipc/workerprotocol.h>
#include <fanfare/processes/pooltask.h>

#include <QHash>

#include <unordered_map>
#include <vector>

namespace Fanfare {

/// What the workers of a pool have to be told to run the subscribers of one event.
struct Route
{
    RecipientsPointer recipients; ///< keeps the address, by which it is found, from being reused
    quint32 event = 0;
    std::vector<TaskSpec> specs; ///< one per subscriber
};

/// Gives numbers to handlers and events, under which tasks name them.
///
/// Threads: [owner].
class RouteTable
{
public:
    /// The reference stays valid until the next call.
    const Route &routeOf(const RecipientsPointer &recipients);

    const HandlerIdentity &handler(quint32 number) const { return m_handlers[number]; }
    const QString &event(quint32 number) const { return m_events[number]; }

private:
    static constexpr size_t maximumRoutes = 1024; ///< then all are forgotten

    Route makeRoute(const RecipientsPointer &recipients);
    quint32 handlerNumber(const HandlerIdentity &identity);
    quint32 eventNumber(const QString &name);
    static quint32 numberIn(QHash<QString, quint32> &numbers, const QString &key);

    std::unordered_map<const Recipients *, Route> m_routes;
    const Route *m_last = nullptr;
    QHash<QString, quint32> m_handlerNumbers; // by path, plugin and handler
    QHash<QString, quint32> m_eventNumbers;
    QHash<QString, quint32> m_pluginNumbers; // by id; from 1
    QHash<QString, quint32> m_buildNumbers;  // by path and hash; from 1
    std::vector<HandlerIdentity> m_handlers;
    std::vector<QString> m_events;
};

/// Says why the tasks of \a submission cannot cross to another process, if that is so. Error:
/// NotTransferable, which names the handler or what cannot cross.
Result<void> checkTransferable(const Submission &submission);

} // namespace Fanfare
