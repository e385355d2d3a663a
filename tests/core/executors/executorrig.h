// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QCoroTimer>
#include <QString>

#include <array>
#include <latch>
#include <memory>
#include <mutex>
#include <vector>

/// A linker, an executor and an emitter for one test, with a log of what happened.
class ExecutorRig
{
    // First, because the executor still runs handlers while it is destroyed.
    mutable std::mutex m_mutex;
    std::vector<QString> m_story;
    std::array<int, Fanfare::outcomeCount> m_outcomes{};

public:
    /// \a workers threads; 0: inline.
    explicit ExecutorRig(int workers, size_t queueBound = 1'000'000)
    {
        if (workers == 0) {
            executor = std::make_unique<Fanfare::InlineExecutor>(
                Fanfare::InlineOptions{.recorder = &recorder});
        } else {
            executor = std::make_unique<Fanfare::ThreadPoolExecutor>(Fanfare::ThreadPoolOptions{
                .workers = workers, .queueBound = queueBound, .recorder = &recorder});
        }
        emitter = std::make_unique<Fanfare::EventEmitter>(linker, *executor);
    }

    void on(const QString &event, Fanfare::HandlerFunction run,
            Fanfare::HandlerKind kind = Fanfare::HandlerKind::Sync)
    {
        Fanfare::SubscriberOptions options;
        options.handler.kind = kind;
        options.handler.run = std::move(run);
        subscribe(event, std::move(options));
    }

    void onAsync(const QString &event, Fanfare::HandlerCoroutine start)
    {
        Fanfare::SubscriberOptions options;
        options.handler.kind = Fanfare::HandlerKind::Async;
        options.handler.start = std::move(start);
        subscribe(event, std::move(options));
    }

    void subscribe(const QString &event, Fanfare::SubscriberOptions options)
    {
        options.onSuccess = [this](Fanfare::Context &, const QCborValue &) { tell(u"success"); };
        options.onFailure = [this](Fanfare::Context &, Fanfare::Outcome outcome,
                                   const Fanfare::TaskError &) {
            tell(Fanfare::outcomeName(outcome));
        };
        (void)*linker.subscribe({Fanfare::Event(event)}, std::move(options));
    }

    Fanfare::Emission emitOne(const QString &event)
    {
        return *emitter->emit(Fanfare::Event(event));
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

    /// How many spans of each outcome were recorded so far.
    std::array<int, Fanfare::outcomeCount> outcomes()
    {
        for (const Fanfare::SpanRecord &span : recorder.drain().spans)
            ++m_outcomes[size_t(span.outcome)];
        return m_outcomes;
    }

    Fanfare::Recorder recorder;
    Fanfare::EventLinker linker;
    std::unique_ptr<Fanfare::Executor> executor;
    std::unique_ptr<Fanfare::EventEmitter> emitter;
};
