// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QStringList>
#include <QTest>

#include <memory>
#include <mutex>

namespace Fanfare::Test {

using namespace std::chrono_literals;

/// How long a test waits for what must happen.
inline constexpr auto patience = 20s;

/// What handlers and callbacks say, in its order. Threads: [any].
class Story
{
public:
    void add(const QString &line)
    {
        std::lock_guard lock(m_mutex);
        m_lines.append(line);
    }
    QStringList lines() const
    {
        std::lock_guard lock(m_mutex);
        return m_lines;
    }
    QStringList sorted() const
    {
        QStringList lines = this->lines();
        lines.sort();
        return lines;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_lines; // guarded by m_mutex
};

inline void addExecutorRows()
{
    QTest::addColumn<QString>("executorKind");
    QTest::newRow("inline") << QStringLiteral("inline");
    QTest::newRow("one thread") << QStringLiteral("1");
    QTest::newRow("three threads") << QStringLiteral("3");
}

/// The executor that a row of addExecutorRows() names.
inline std::unique_ptr<Executor> makeExecutor(const QString &kind)
{
    if (kind == QLatin1String("inline"))
        return std::make_unique<InlineExecutor>();
    ThreadPoolOptions options;
    options.workers = kind.toInt();
    return std::make_unique<ThreadPoolExecutor>(options);
}

/// A linker, an emitter and an executor of the current row, with what the handlers said.
struct Bench
{
    explicit Bench(const QString &executorKind)
        : executor(makeExecutor(executorKind))
        , emitter(linker, *executor)
    {
    }

    Story story;
    EventLinker linker;
    std::unique_ptr<Executor> executor;
    EventEmitter emitter;

    SubscriberId subscribe(const std::vector<Event> &events, HandlerFunction run,
                           bool isOnce = false)
    {
        SubscriberOptions options;
        options.handler.run = std::move(run);
        options.isOnce = isOnce;
        return subscribe(events, std::move(options));
    }
    SubscriberId subscribe(const std::vector<Event> &events, SubscriberOptions options)
    {
        const Result<SubscriberId> id = linker.subscribe(events, std::move(options));
        Q_ASSERT_X(bool(id), "subscribe", "refused");
        return *id;
    }

    /// A handler that tells the story that it ran.
    HandlerFunction saying(const QString &line)
    {
        return [this, line](Context &) {
            story.add(line);
            return QCborValue();
        };
    }

    bool drain() { return executor->waitUntilIdle(patience); }
};

inline QString toText(const QCborValue &value)
{
    return value.isUndefined() ? QStringLiteral("nothing") : value.toDiagnosticNotation();
}

/// Callbacks that tell \a story what they were given.
inline SubscriberOptions telling(Story &story)
{
    SubscriberOptions options;
    options.onSuccess = [&story](Context &, const QCborValue &result) {
        story.add(QStringLiteral("success: ") + toText(result));
    };
    options.onFailure = [&story](Context &, Outcome outcome, const TaskError &error) {
        story.add(QStringLiteral("%1: %2: %3").arg(outcomeName(outcome), error.type, error.what));
    };
    return options;
}

inline QCoro::Task<QCborValue> asCoroutine(HandlerFunction run, Context &context)
{
    co_return run(context);
}

inline SubscriberOptions telling(Story &story, HandlerFunction run,
                                 HandlerKind kind = HandlerKind::Sync)
{
    SubscriberOptions options = telling(story);
    options.handler.kind = kind;
    if (kind == HandlerKind::Async)
        options.handler.start = [run](Context &context) { return asCoroutine(run, context); };
    else
        options.handler.run = std::move(run);
    return options;
}

} // namespace Fanfare::Test
