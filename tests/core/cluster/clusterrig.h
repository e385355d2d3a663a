// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/brokertransport.h>
#include <fanfare/cluster/clusterexecutor.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/plugins/filehash.h>

#include <QProcess>
#include <QTest>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

/// What calls back, by event: "echo Succeeded".
class CallbackLog
{
public:
    void add(const QString &what)
    {
        std::lock_guard lock(m_mutex);
        m_lines.append(what);
    }
    QStringList lines() const
    {
        std::lock_guard lock(m_mutex);
        return m_lines;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_lines; // guarded by m_mutex
};

/// An app of a cluster: a linker with handlers of the plugin "paces", an executor and an emitter.
class ClusterRig
{
    CallbackLog m_log; // first: callbacks still run while the executor is destroyed

public:
    ClusterRig(Fanfare::ClusterOptions options,
               std::unique_ptr<Fanfare::ClusterTransport> transport)
    {
        options.recorder = &recorder;
        executor = std::make_unique<Fanfare::ClusterExecutor>(options, std::move(transport));
        emitter = std::make_unique<Fanfare::EventEmitter>(linker, *executor);
    }

    static QString plugin() { return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"); }
    static QString pluginFolder() { return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces"); }

    /// The handler \a name of the plugin, called for the event \a name.
    void on(const QString &name, bool isIdempotent = false, std::chrono::nanoseconds deadline = {})
    {
        Fanfare::SubscriberOptions options;
        options.handler.run = [](Fanfare::Context &) -> QCborValue {
            qFatal("ran in this process");
        };
        static const QByteArray hash = Fanfare::fileHash(plugin());
        options.handler.identity = {QStringLiteral("org.fanfare.test.paces"), name, plugin(), hash};
        options.handler.isIdempotent = isIdempotent;
        options.handler.deadline = deadline;
        options.onSuccess = [this, name](Fanfare::Context &, const QCborValue &) {
            m_log.add(name + QStringLiteral(" Succeeded"));
        };
        options.onFailure = [this, name](Fanfare::Context &, Fanfare::Outcome outcome,
                                         const Fanfare::TaskError &) {
            m_log.add(name + u' ' + Fanfare::outcomeName(outcome));
        };
        (void)*linker.subscribe({Fanfare::Event(name)}, std::move(options));
    }

    Fanfare::Emission emitOne(const QString &event, const QCborArray &positional = {})
    {
        return *emitter->emit(Fanfare::Event(event), {positional, {}, {}});
    }

    QStringList callbacks() const { return m_log.lines(); }

    Fanfare::Recorder recorder;
    Fanfare::EventLinker linker;
    std::unique_ptr<Fanfare::ClusterExecutor> executor;
    std::unique_ptr<Fanfare::EventEmitter> emitter;
};
