// SPDX-License-Identifier: MIT
#include "cases.h"

#include "boostsignal.h"
#include "emitrun.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventlinker.h>

namespace Fanfare::Bench {

/// A linker with many subscriptions, and what is measured on it.
class Registry
{
public:
    Registry(size_t subscriptions, size_t eachEvent)
    {
        for (size_t i = 0; i < subscriptions / eachEvent; ++i)
            m_events.emplace_back(QStringLiteral("Event %1").arg(i));
        for (size_t i = 0; i < subscriptions; ++i)
            subscribe(eventAt(i));
    }

    /// Nanoseconds for one more subscription and for its end, in \a count different ones.
    std::vector<double> change(size_t count)
    {
        m_added.reserve(count);
        const qint64 start = MonotonicClock::threadCpu();
        for (size_t i = 0; i < count; ++i)
            m_added.push_back(subscribe(eventAt(i)));
        const qint64 subscribed = MonotonicClock::threadCpu();
        for (const SubscriberId id : m_added)
            m_linker.unsubscribe(id);
        const qint64 end = MonotonicClock::threadCpu();
        m_added.clear();
        return {double(subscribed - start) / double(count),
                double(end - subscribed) / double(count)};
    }

    /// Nanoseconds to look up who receives one event, again and again.
    double lookUp(size_t count)
    {
        return cpuNanosecondsEach(count, [this](quint64 times) {
            for (quint64 i = 0; i < times; ++i)
                take(m_events.front());
        });
    }

    /// The same for all events in turn.
    double lookUpInTurn(size_t count)
    {
        for (const Event &event : m_events)
            take(event);
        return cpuNanosecondsEach(std::max(count, m_events.size()), [this](quint64 times) {
            for (size_t i = 0; i < times; ++i)
                take(eventAt(i));
        });
    }

    /// The same for an event that has a new subscriber; the median.
    double lookUpChanged(size_t count)
    {
        std::vector<double> times;
        for (size_t i = 0; i < count; ++i) {
            const Event &event = eventAt(i);
            const SubscriberId id = subscribe(event);
            const qint64 start = MonotonicClock::now();
            take(event);
            times.push_back(double(MonotonicClock::now() - start));
            m_linker.unsubscribe(id);
        }
        return median(times);
    }

private:
    const Event &eventAt(size_t i) const { return m_events[i % m_events.size()]; }

    SubscriberId subscribe(const Event &event)
    {
        SubscriberOptions options;
        options.handler.run = [](Context &) { return QCborValue(); };
        const Result<SubscriberId> id = m_linker.subscribe({event}, std::move(options));
        if (!id)
            fail("cannot subscribe");
        return *id;
    }

    void take(const Event &event)
    {
        if (!m_linker.take(event, m_taken))
            fail("nobody receives the event");
    }

    EventLinker m_linker;
    std::vector<Event> m_events;
    std::vector<SubscriberId> m_added;
    std::vector<SubscriberPointer> m_taken;
};

static std::vector<double> measured(size_t subscriptions, size_t eachEvent, size_t count)
{
    Registry registry(subscriptions, eachEvent);
    std::vector<double> values = registry.change(count);
    values.push_back(registry.lookUp(50 * count));
    values.push_back(registry.lookUpInTurn(10 * count));
    values.push_back(registry.lookUpChanged(std::min<size_t>(count, 200)));
    return values;
}

static Family registryFamily(const QString &name, const QString &title, size_t count,
                             const std::function<size_t(size_t)> &eachEvent)
{
    Family family{name, title, {}, {}};
    family.columns = {QStringLiteral("subscribe ns"), QStringLiteral("unsubscribe ns"),
                      QStringLiteral("look-up ns"), QStringLiteral("look-up in turn ns"),
                      QStringLiteral("look-up after a change ns")};
    for (const size_t size : {100, 1'000, 10'000, 100'000}) {
        family.cases.push_back(
            {QStringLiteral("subscriptions_%1").arg(size),
             [=, each = eachEvent(size)] { return measured(size, each, count); }});
    }
    return family;
}

std::vector<Family> registryFamilies(const BenchSettings &settings)
{
    const size_t count = settings.scaled(2'000);
    return {registryFamily(QStringLiteral("registry_10_each"),
                           QStringLiteral("A linker with 10 subscribers of each event; ratios are "
                                          "the growth"),
                           count, [](size_t) { return 10; }),
            registryFamily(QStringLiteral("registry_one_event"),
                           QStringLiteral("A linker with all subscribers at one event; ratios are "
                                          "the growth"),
                           count, [](size_t size) { return size; })};
}

} // namespace Fanfare::Bench
