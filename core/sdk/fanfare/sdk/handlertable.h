// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/callable.h>
#include <fanfare/sdk/eventvalue.h>
#include <fanfare/sdk/handlerplugin.h>

#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace Fanfare {

/// A handler plugin written as a table: name the handlers in the constructor and the rest of
/// HandlerPlugin follows from that.
///
///     BasicsPlugin::BasicsPlugin()
///     {
///         handler(u"[Sync]"_qs).on(u"StringEvent"_qs).run(&printSync);
///         handler(u"[Async]"_qs).on(u"StringEvent"_qs).run(&printAsync);
///         typedEvent<FileAdded>();
///         handler(u"sha256"_qs).run<FileAdded>(&hashFile);
///         handler(u"repeat"_qs).on(u"Echo"_qs).run([](const QString &text, int count) {
///             return text.repeated(count);
///         });
///     }
///
/// Threads: all functions are [owner], the thread that makes the plugin; fill the table in its
/// constructor. What is given to run() is [worker]: called at the same time on several threads,
/// except a coroutine, which starts and goes on on the one thread of an event loop.
class HandlerTable : public HandlerPlugin
{
public:
    using Function = std::function<QCborValue(Context &)>;
    using Coroutine = std::function<QCoro::Task<QCborValue>(Context &)>;

    QCborArray events() const final { return m_events; } ///< [owner]

    /// [owner]
    QCborArray handlers() const final
    {
        QCborArray all;
        for (const Entry &entry : m_entries)
            all.append(describe(entry));
        return all;
    }

    /// [owner]
    Handler *create(const QString &name) final
    {
        for (const Entry &entry : m_entries) {
            if (entry.name == name)
                return make(entry);
        }
        return nullptr;
    }

protected:
    struct Entry
    {
        QString name;
        QString summary;
        QStringList events;
        bool isIdempotent = false;
        Function run;
        Coroutine start;
    };

    /// Collects what is said of one handler; ends with run(). Threads: [owner].
    class Row
    {
    public:
        explicit Row(Entry &entry)
            : m_entry(entry)
        {
        }
        /// Subscribes it to the event of that name; "*" is the global event. [owner]
        Row &on(const QString &event)
        {
            m_entry.events.append(event);
            return *this;
        }
        /// One line for the user. [owner]
        Row &summary(const QString &text)
        {
            m_entry.summary = text;
            return *this;
        }
        /// Running it twice does no harm, so a lost attempt may be repeated. [owner]
        Row &idempotent()
        {
            m_entry.isIdempotent = true;
            return *this;
        }

        /// Any callable, as callable.h says; one that returns a QCoro::Task is an async handler.
        /// With a typed \a Event the handler is subscribed to it as well. [owner]
        template <typename Event = void, typename Callable>
        void run(Callable callable)
        {
            if constexpr (!std::is_void_v<Event>)
                on(eventTypeName<Event>());
            if constexpr (isAsyncCallable<Callable>())
                m_entry.start = adaptHandler<Event>(std::move(callable));
            else
                m_entry.run = adaptHandler<Event>(std::move(callable));
        }

        /// As run(), for a coroutine. [owner]
        template <typename Event = void, typename Callable>
        void start(Callable coroutine)
        {
            static_assert(isAsyncCallable<Callable>(), "start() wants a coroutine; use run()");
            run<Event>(std::move(coroutine));
        }

    private:
        Entry &m_entry;
    };

    /// Adds a handler called \a name, unique in this plugin. The row is valid until the next call.
    /// [owner]
    Row handler(const QString &name)
    {
        m_entries.push_back({name});
        return Row(m_entries.back());
    }

    /// Describes the typed event \a Event, so that forms for it can be built. [owner]
    template <typename Event>
    void typedEvent()
    {
        m_events.append(describeEvent<Event>());
    }

    /// Describes a string event with free arguments. [owner]
    void stringEvent(const QString &name, const QString &summary)
    {
        m_events.append(
            QCborMap{{QStringLiteral("name"), name}, {QStringLiteral("summary"), summary}});
    }

private:
    class SyncEntry final : public Handler
    {
    public:
        explicit SyncEntry(Function function)
            : m_function(std::move(function))
        {
        }
        QCborValue run(Context &context) override { return m_function(context); }

    private:
        Function m_function;
    };

    class AsyncEntry final : public AsyncHandler
    {
    public:
        explicit AsyncEntry(Coroutine coroutine)
            : m_coroutine(std::move(coroutine))
        {
        }
        QCoro::Task<QCborValue> start(Context &context) override { return m_coroutine(context); }

    private:
        Coroutine m_coroutine;
    };

    static Handler *make(const Entry &entry)
    {
        if (entry.start)
            return new AsyncEntry(entry.start);
        return new SyncEntry(entry.run);
    }

    static QCborMap describe(const Entry &entry)
    {
        return {{QStringLiteral("name"), entry.name},
                {QStringLiteral("summary"), entry.summary},
                {QStringLiteral("events"), QCborArray::fromStringList(entry.events)},
                {QStringLiteral("kind"),
                 entry.start ? QStringLiteral("async") : QStringLiteral("sync")},
                {QStringLiteral("idempotent"), entry.isIdempotent}};
    }

    std::vector<Entry> m_entries;
    QCborArray m_events;
};

} // namespace Fanfare
