// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/batchsender.h>
#include <fanfare/engine/clusterfact.h>
#include <fanfare/engine/emitscheduler.h>
#include <fanfare/engine/flightfile.h>
#include <fanfare/engine/outputcapture.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/plugincatalog.h>
#include <fanfare/trace/recorder.h>

#include <atomic>
#include <memory>

namespace Fanfare {

/// What an engine is made of, from the plugins to the pipe. Members are destroyed in reverse order:
/// nothing is used by something that lives longer.
///
/// Threads: [owner].
class EngineParts
{
public:
    /// \a options are valid; \a writer is borrowed. \a hostPath is what probes plugins. When they
    /// want a cluster and \a maker makes none, there is a problem() and nothing may be emitted.
    EngineParts(const EngineOptions &options, std::unique_ptr<FlightFile> flight,
                PipeWriter &writer, const QString &hostPath, const ClusterMaker &maker);
    ~EngineParts(); ///< waits for all handlers [blocks]

    Executor &executor() { return *m_executor; }
    EmitScheduler &scheduler() { return *m_scheduler; }
    BatchSender &sender() { return *m_sender; }
    PluginCatalog &catalog() { return *m_catalog; }
    QString problem() const { return m_problem; }
    std::optional<ClusterFact> clusterFact() const; ///< only with a cluster

private:
    LiveSample sample() const;
    OutputCapture::Options captureOptions();
    void wakeFromAnyThread();
    void keepLastWords(const LogLine &line);
    std::unique_ptr<Executor> makeExecutor(const EngineOptions &options, const QString &hostPath,
                                           const ClusterMaker &maker);
    std::unique_ptr<Executor> makeThreadPool(const EngineOptions &options);
    std::unique_ptr<Executor> makeProcessPool(const EngineOptions &options,
                                              const QString &hostPath);
    std::unique_ptr<Executor> makeCluster(const EngineOptions &options, const ClusterMaker &maker);
    std::unique_ptr<Executor> makeInline();

    QString m_problem;
    std::function<ClusterFact()> m_clusterFact;
    std::unique_ptr<FlightFile> m_flight;
    Recorder m_recorder;
    QObject m_receiver; // of calls from other threads
    std::atomic<bool> m_isWakeDue = false;
    std::mutex m_lastWordsMutex;
    std::unique_ptr<OutputCapture> m_output;
    EventLinker m_linker;
    std::unique_ptr<Executor> m_executor;
    std::unique_ptr<EventEmitter> m_emitter;
    std::unique_ptr<EmitScheduler> m_scheduler;
    std::unique_ptr<BatchSender> m_sender;
    std::unique_ptr<PluginCatalog> m_catalog;
};

} // namespace Fanfare
