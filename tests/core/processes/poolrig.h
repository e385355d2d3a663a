// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <QStringList>

#include <array>
#include <memory>
#include <mutex>
#include <vector>

/// A linker, a process pool and an emitter for one test, with a log of what happened. The events
/// are the handlers of the plugin "paces", by name.
class PoolRig
{
    // First, because callbacks still run while the executor is destroyed.
    mutable std::mutex m_mutex;
    std::vector<QString> m_story;

public:
    explicit PoolRig(int workers, Fanfare::ProcessPoolOptions options = {})
    {
        options.workers = workers;
        options.recorder = &recorder;
        if (options.hostPath.isEmpty())
            options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
        executor = std::make_unique<Fanfare::ProcessPoolExecutor>(options);
        emitter = std::make_unique<Fanfare::EventEmitter>(linker, *executor);
    }

    /// Subscribes the handler \a name of the plugin to the event \a name.
    Fanfare::HandlerEntryPoint handler(const QString &name)
    {
        Fanfare::HandlerEntryPoint handler;
        static const QStringList async{QStringLiteral("napAsync"), QStringLiteral("failLate"),
                                       QStringLiteral("talk")};
        handler.kind =
            async.contains(name) ? Fanfare::HandlerKind::Async : Fanfare::HandlerKind::Sync;
        // What would run in this process must not.
        handler.run = [](Fanfare::Context &) -> QCborValue { qFatal("ran in this process"); };
        handler.start = [](Fanfare::Context &) -> QCoro::Task<QCborValue> {
            qFatal("ran in this process");
            co_return {};
        };
        handler.identity = {QStringLiteral("org.fanfare.test.paces"),
                            name,
                            QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"),
                            {}};
        return handler;
    }

    void on(const QString &name) { subscribe(name, handler(name)); }

    void subscribe(const QString &event, Fanfare::HandlerEntryPoint entry)
    {
        Fanfare::SubscriberOptions options;
        options.handler = std::move(entry);
        options.onSuccess = [this](Fanfare::Context &, const QCborValue &) { tell(u"success"); };
        options.onFailure = [this](Fanfare::Context &, Fanfare::Outcome outcome,
                                   const Fanfare::TaskError &) {
            tell(Fanfare::outcomeName(outcome));
        };
        (void)*linker.subscribe({Fanfare::Event(event)}, std::move(options));
    }

    Fanfare::Emission emitOne(const QString &event, const QCborArray &positional = {})
    {
        return *emitter->emit(Fanfare::Event(event), {positional, {}, {}});
    }

    void tell(QStringView what)
    {
        std::lock_guard lock(m_mutex);
        m_story.push_back(what.toString());
    }

    std::vector<QString> story() const
    {
        std::lock_guard lock(m_mutex);
        return m_story;
    }

    Fanfare::Recorder recorder;
    Fanfare::EventLinker linker;
    std::unique_ptr<Fanfare::ProcessPoolExecutor> executor;
    std::unique_ptr<Fanfare::EventEmitter> emitter;
};
