// SPDX-License-Identifier: MIT
#pragma once

#include "asyncrunner.h"
#include "commandreader.h"
#include "siderunners.h"
#include "syncrunner.h"
#include "workeroutput.h"
#include "workerplugins.h"

#include <fanfare/ipc/messagejoiner.h>
#include <fanfare/ipc/payloadmemory.h>

#include <QObject>

#include <functional>
#include <pthread.h>

namespace Fanfare {

/// The worker's end of the link to its host: of two threads that read what the host wants, one runs
/// sync handlers, and the other one stays responsive whatever they do; blocking ones run on others,
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
    /// host, null: nothing. \a dump is called when the host wants to know where the worker is, with
    /// the thread that runs a sync handler or, when there is none, the main thread.
    WorkerSession(int input, int output, std::unique_ptr<PayloadMemory> payloads,
                  std::function<void(pthread_t)> dump);

private:
    bool handle(Frame &frame);
    bool greet(const QByteArray &payload);
    bool load(const Frame &frame);
    bool addTasks(const QByteArray &payload);
    std::optional<Arguments> takeArguments(const TaskRecord &record);
    bool cancel(quint64 task);
    bool recall();
    bool drain();
    void leaveIfDrained();

    const std::unique_ptr<PayloadMemory> m_payloads;
    const pthread_t m_mainThread = pthread_self();
    const std::function<void(pthread_t)> m_dump;
    MessageJoiner m_joiner; // of the thread that reads, as all that handle() uses alone
    WorkerChannel m_channel;
    WorkerTasks m_tasks;
    WorkerPlugins m_plugins;
    WorkerOutput m_output;
    WorkerMemory m_memory;
    TaskReporter m_reporter;
    AsyncRunner m_async;
    SyncRunner m_sync;
    SideRunners m_side;       // of the thread that reads
    bool m_isGreeted = false; // of the thread that reads
    std::atomic<bool> m_isDraining = false;
    std::atomic<bool> m_hasLeft = false;
    CommandReader m_reader; // last: it uses the others
};

} // namespace Fanfare
