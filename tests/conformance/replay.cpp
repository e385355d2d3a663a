// SPDX-License-Identifier: MIT
#include "replay.h"

#include "actor.h"
#include "operations.h"
#include "vectorformat.h"

#include <latch>
#include <stop_token>
#include <thread>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

static constexpr std::chrono::seconds limit{20};

namespace {

/// Opens the gates of a scenario that takes too long, so that everything that waits comes back;
/// ends the process when that does not help.
class Watchdog
{
public:
    explicit Watchdog(Stage &stage, const QString &scenario)
        : m_thread([this, &stage, scenario](std::stop_token stop) { watch(stop, stage, scenario); })
    {
    }

private:
    void watch(std::stop_token stop, Stage &stage, const QString &scenario)
    {
        std::mutex mutex;
        std::condition_variable_any condition;
        std::unique_lock lock(mutex);
        const auto never = [] { return false; };
        condition.wait_for(lock, stop, limit + limit / 4, never);
        if (stop.stop_requested())
            return;
        stage.journal().addProblem(u"it was not over after its limit"_s);
        stage.openAllGates();
        condition.wait_for(lock, stop, limit, never);
        if (!stop.stop_requested())
            qFatal("The scenario \"%s\" hangs.", qPrintable(scenario));
    }

    std::jthread m_thread;
};

class Replay
{
public:
    Replay(const QJsonObject &scenario, Venue &venue)
        : m_scenario(scenario)
        , m_stage(scenario, venue)
        , m_watchdog(m_stage, scenario["name"_L1].toString())
    {
    }

    Observation run();

private:
    void performAll();
    QJsonObject performOne(const QJsonObject &operation, int index);
    QJsonObject emitParallel(const QJsonObject &operation, const EmissionName &name);
    QJsonObject subscribeParallel(const QJsonObject &operation);
    QJsonObject awaitStarted(const QJsonObject &operation);
    QJsonObject drain();

    const QJsonObject m_scenario;
    Stage m_stage;
    Observation m_observation;
    Watchdog m_watchdog; // last: ended before the stage is
};

} // namespace

/// Runs \a function(i) for every i below \a count, each on its own thread, started together.
template <typename Function>
static void inParallel(int count, Function function)
{
    std::latch start(count);
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            function(i);
        });
    }
}

QJsonObject Replay::emitParallel(const QJsonObject &operation, const EmissionName &name)
{
    std::atomic<int> successes = 0;
    inParallel(operation["threads"_L1].toInt(), [&](int) {
        QJsonObject single = operation;
        single.insert(u"op"_s, u"emit"_s);
        if (perform(m_stage, single, name).contains("ok"_L1))
            ++successes;
    });
    return ok(successes.load());
}

/// Goes around Stage::subscribe(), which lets one in at a time.
QJsonObject Replay::subscribeParallel(const QJsonObject &operation)
{
    const QJsonArray names = operation["ids"_L1].toArray();
    Stage::Namespace &home = linkerOf(m_stage, operation);
    std::vector<std::optional<Result<SubscriberId>>> results(size_t(names.size()));
    inParallel(int(names.size()), [&](int i) {
        results[size_t(i)] =
            home.linker.subscribe(eventList(m_stage, operation["events"_L1]),
                                  subscriberOptions(m_stage, names[i].toString(), operation));
    });
    int succeeded = 0;
    QJsonObject failed;
    for (int i = 0; i < names.size(); ++i) {
        const Result<SubscriberId> &id = *results[size_t(i)];
        if (id) {
            m_stage.introduce(names[i].toString(), home, *id);
            ++succeeded;
        } else {
            const QString error = errorName(id.error().code);
            failed[error] = failed[error].toInt() + 1;
        }
    }
    return ok(QJsonObject{{u"succeeded"_s, succeeded}, {u"failed"_s, failed}});
}

QJsonObject Replay::awaitStarted(const QJsonObject &operation)
{
    const QString name = operation["id"_L1].toString();
    const int count = operation["count"_L1].toInt(1);
    if (!m_stage.journal().awaitCalls(name, count, limit))
        throw FormatError(u"%1 was not called %2 times within the limit"_s.arg(name).arg(count));
    return ok(QJsonValue::Null);
}

QJsonObject Replay::drain()
{
    if (!m_stage.executor().waitUntilIdle(limit))
        throw FormatError(u"the executor was not idle within the limit"_s);
    return ok(QJsonValue::Null);
}

QJsonObject Replay::performOne(const QJsonObject &operation, int index)
{
    const EmissionName name{QString::number(index), index};
    const QString op = operation["op"_L1].toString();
    if (op == "emitParallel"_L1)
        return emitParallel(operation, name);
    if (op == "subscribeParallel"_L1)
        return subscribeParallel(operation);
    if (op == "awaitStarted"_L1)
        return awaitStarted(operation);
    if (op == "drain"_L1)
        return drain();
    if (op == "open"_L1) {
        m_stage.gate(operation["gate"_L1].toString()).open();
        return ok(QJsonValue::Null);
    }
    if (op == "createLinker"_L1) {
        const Result<void> added = m_stage.addLinker(operation["linker"_L1].toString(), operation);
        return added ? ok(QJsonValue::Null) : refused(added.error().code);
    }
    return perform(m_stage, operation, name);
}

void Replay::performAll()
{
    const bool drainsEach = m_scenario["drain"_L1] == "each"_L1;
    const QJsonArray operations = m_scenario["ops"_L1].toArray();
    for (int i = 0; i < operations.size(); ++i) {
        const QJsonObject operation = operations[i].toObject();
        m_observation.results.append(performOne(operation, i));
        if (drainsEach && operation["op"_L1].toString().startsWith("emit"_L1))
            (void)drain();
    }
}

Observation Replay::run()
{
    try {
        performAll();
        m_stage.openAllGates();
        (void)drain();
    } catch (const FormatError &error) {
        m_stage.journal().addProblem(QString::fromUtf8(error.what()));
        m_stage.openAllGates();
    }
    const Result<void> shutdown = m_stage.executor().shutdown();
    if (!shutdown)
        m_stage.journal().addProblem(shutdown.error().message);
    m_observation.calls = m_stage.journal().calls();
    m_observation.nested = m_stage.journal().nested();
    m_observation.order = m_stage.order();
    m_observation.problems = m_stage.journal().problems();
    const QStringList linkers = m_stage.linkerNames();
    for (const QString &name : linkers)
        m_observation.registry.insert(name, registryOf(m_stage, m_stage.linker(name)));
    return m_observation;
}

Observation replay(const QJsonObject &scenario, Venue &venue)
{
    return Replay(scenario, venue).run();
}

} // namespace Fanfare::Conformance
