// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/executors/threadpoolexecutor.h>
#include <fanfare/plugins/pluginlinking.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <QPluginLoader>
#include <QStringList>
#include <QTest>

#include <memory>
#include <mutex>
#include <vector>

enum class Kind { Inline, Threads, Processes };

/// One executor of a kind, with the handlers of the plugin "paces" wherever it runs them, and a log
/// of what callbacks were told. The events are the handlers, by name.
class ContractRig
{
    // First, because callbacks still run while the executor is destroyed.
    mutable std::mutex m_mutex;
    std::vector<QString> m_story;

public:
    struct Bounds
    {
        size_t queue = 1'000'000;
        Fanfare::FullPolicy policy = Fanfare::FullPolicy::Reject;
        std::chrono::milliseconds blockTime{1000};
    };

    ContractRig(Kind kind, int workers, const Bounds &bounds)
        : m_kind(kind)
    {
        if (kind == Kind::Inline)
            executor = std::make_unique<Fanfare::InlineExecutor>(
                Fanfare::InlineOptions{.recorder = &recorder});
        else if (kind == Kind::Threads)
            executor = threadPool(workers, bounds);
        else
            executor = processPool(workers, bounds);
        emitter = std::make_unique<Fanfare::EventEmitter>(linker, *executor);
    }
    ContractRig(Kind kind, int workers)
        : ContractRig(kind, workers, Bounds())
    {
    }

    void on(const QString &name, Fanfare::HandlerKind handlerKind = Fanfare::HandlerKind::Sync)
    {
        subscribe(name, name, handlerKind);
    }
    void subscribe(const QString &event, const QString &name,
                   Fanfare::HandlerKind handlerKind = Fanfare::HandlerKind::Sync)
    {
        Fanfare::SubscriberOptions options;
        options.handler = handler(name);
        if (handlerKind != Fanfare::HandlerKind::Sync)
            options.handler.kind = handlerKind;
        options.onSuccess = [this](Fanfare::Context &, const QCborValue &) {
            tell(u"success");
            if (afterCallback)
                afterCallback();
        };
        options.onFailure = [this](Fanfare::Context &, Fanfare::Outcome outcome,
                                   const Fanfare::TaskError &) {
            tell(Fanfare::outcomeName(outcome));
        };
        (void)*linker.subscribe({Fanfare::Event(event)}, std::move(options));
    }

    Fanfare::Result<Fanfare::Emission> tryOne(const QString &event,
                                              const QCborArray &positional = {})
    {
        return emitter->emit(Fanfare::Event(event), {positional, {}, {}});
    }
    Fanfare::Emission emitOne(const QString &event, const QCborArray &positional = {})
    {
        return *tryOne(event, positional);
    }

    /// Holds the only worker with a task that nobody has to wait for: hold.cancel() ends it.
    [[nodiscard]] bool holdWorker(Fanfare::Emission &hold)
    {
        on(QStringLiteral("nap"));
        hold = emitOne(QStringLiteral("nap"), {3'600'000});
        return QTest::qWaitFor([this] { return executor->counters().running == 1; }, 20'000);
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

    std::function<void()> afterCallback; ///< set before the first emission
    Fanfare::Recorder recorder;
    Fanfare::EventLinker linker;
    std::unique_ptr<Fanfare::Executor> executor;
    std::unique_ptr<Fanfare::EventEmitter> emitter;

private:
    std::unique_ptr<Fanfare::Executor> threadPool(int workers, const Bounds &bounds)
    {
        Fanfare::ThreadPoolOptions options;
        options.workers = workers;
        options.queueBound = bounds.queue;
        options.fullPolicy = bounds.policy;
        options.blockTime = bounds.blockTime;
        options.recorder = &recorder;
        return std::make_unique<Fanfare::ThreadPoolExecutor>(options);
    }
    std::unique_ptr<Fanfare::Executor> processPool(int workers, const Bounds &bounds)
    {
        Fanfare::ProcessPoolOptions options;
        options.workers = workers;
        options.queueBound = bounds.queue;
        options.fullPolicy = bounds.policy;
        options.blockTime = bounds.blockTime;
        options.recorder = &recorder;
        options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
        return std::make_unique<Fanfare::ProcessPoolExecutor>(options);
    }

    Fanfare::HandlerEntryPoint handler(const QString &name)
    {
        static const QString path = QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so");
        static QPluginLoader loader(path); // never unloaded
        auto *const plugin = qobject_cast<Fanfare::HandlerPlugin *>(loader.instance());
        Fanfare::HandlerEntryPoint entry =
            Fanfare::entryPoint(std::shared_ptr<Fanfare::Handler>(plugin->create(name)),
                                {QStringLiteral("org.fanfare.test.paces"), name, path, {}});
        if (m_kind == Kind::Processes) { // what would run in this process must not
            entry.run = [](Fanfare::Context &) -> QCborValue { qFatal("ran in this process"); };
            entry.start = [](Fanfare::Context &) -> QCoro::Task<QCborValue> {
                qFatal("ran in this process");
                co_return {};
            };
        }
        return entry;
    }

    const Kind m_kind;
};
