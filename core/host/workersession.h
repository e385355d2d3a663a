// SPDX-License-Identifier: MIT
#pragma once

#include "asyncrunner.h"
#include "siderunners.h"
#include "syncrunner.h"
#include "workeroutput.h"
#include "workerplugins.h"

#include <fanfare/ipc/messagejoiner.h>
#include <fanfare/ipc/payloadmemory.h>

#include <QObject>

#include <functional>
#include <thread>

namespace Fanfare {

/// The worker's end of the link to its host: a thread that reads what the host wants stays
/// responsive whatever the handlers do, sync handlers run on a second one, blocking ones on others,
/// plugins and coroutines live on the event loop of the main thread. Any mistake of the host ends
/// the process.
///
/// Threads: made on the main thread, whose event loop is needed; it is never destroyed, because
/// the process ends first.
class WorkerSession final : public QObject
{
    Q_OBJECT

public:
    /// Starts the threads. The descriptors are borrowed. \a payloads is what is shared with the
    /// host, null: nothing. \a dump is called by the reading thread with the thread of the sync
    /// handlers when the host wants to know where it is.
    WorkerSession(int input, int output, std::unique_ptr<PayloadMemory> payloads,
                  std::function<void(pthread_t)> dump);

private:
    [[noreturn]] void readAll();
    bool handle(Frame &frame);
    bool greet(const QByteArray &payload);
    bool load(const Frame &frame);
    bool addTasks(const QByteArray &payload);
    std::optional<Arguments> takeArguments(const TaskRecord &record);
    bool cancel(quint64 task);
    bool drain();
    void leaveIfDrained();

    const int m_input;
    const std::unique_ptr<PayloadMemory> m_payloads;
    const std::function<void(pthread_t)> m_dump;
    MessageJoiner m_joiner; // of the reading thread
    WorkerChannel m_channel;
    WorkerTasks m_tasks;
    WorkerPlugins m_plugins;
    WorkerOutput m_output;
    WorkerMemory m_memory;
    AsyncRunner m_async;
    SyncRunner m_sync;
    SideRunners m_side;       // of the reading thread
    bool m_isGreeted = false; // of the reading thread
    std::atomic<bool> m_isDraining = false;
    std::atomic<bool> m_hasLeft = false;
    std::thread m_syncThread;
    std::thread m_reader;
};

} // namespace Fanfare
