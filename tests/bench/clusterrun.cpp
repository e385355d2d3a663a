// SPDX-License-Identifier: MIT
#include "clusterrun.h"

#include "benchprogram.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/brokertransport.h>
#include <fanfare/plugins/filehash.h>

#include <semaphore>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

static constexpr std::chrono::seconds limit{120};

static QString benchPlugin()
{
    return QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/bench/bench.so");
}

ClusterRun::ClusterRun(const Test::RabbitBroker &broker, int workers, bool isIdempotent)
    : m_agent(broker, {u"bench"_s, {QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/bench")}, workers})
{
    if (!m_agent.start())
        fail("a host of the cluster does not start");
    auto transport = makeBrokerTransport();
    if (!transport)
        fail(qPrintable(transport.error().message));
    ClusterOptions options;
    options.address = *brokerAddress(broker.address(), {broker.passwordFile()});
    m_executor = std::make_unique<ClusterExecutor>(options, *std::move(transport));
    m_emitter = std::make_unique<EventEmitter>(m_linker, *m_executor);
    SubscriberOptions echo;
    echo.handler.run = [](Context &) -> QCborValue { fail("a handler ran in the wrong process"); };
    echo.handler.identity = {u"org.fanfare.test.bench"_s, m_echo.name(), benchPlugin(),
                             fileHash(benchPlugin())};
    echo.handler.isIdempotent = isIdempotent;
    echo.onSuccess = [this](Context &, const QCborValue &value) {
        m_echoed(value.toByteArray().size());
    };
    (void)*m_linker.subscribe({m_echo}, std::move(echo));
    (void)secondsFor(200, 64, 50); // all workers are there and know the handler
}

ClusterRun::~ClusterRun() = default;

double ClusterRun::secondsFor(quint64 count, qsizetype size, int window)
{
    std::counting_semaphore<> room(window);
    std::atomic<quint64> whole = 0;
    m_echoed = [&](qsizetype bytes) {
        whole += bytes == size;
        room.release();
    };
    const Arguments payload{{QByteArray(size, 'x')}, {}, {}};
    const qint64 begin = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i) {
        room.acquire();
        if (!m_emitter->emit(m_echo, payload))
            fail("the cluster refuses an emission");
    }
    if (!m_executor->waitUntilIdle(limit))
        fail("the cluster does not come to rest");
    const double seconds = double(MonotonicClock::now() - begin) / 1e9;
    if (whole != count)
        fail("the account of the cluster is not exact");
    return seconds;
}

std::vector<double> ClusterRun::roundTrips(quint64 count, qsizetype size)
{
    m_echoed = [](qsizetype) {};
    const Arguments payload{{QByteArray(size, 'x')}, {}, {}};
    std::vector<double> times;
    for (quint64 i = 0; i < count; ++i) {
        const qint64 begin = MonotonicClock::now();
        (*m_emitter->emit(m_echo, payload)).waitForFinished(limit);
        times.push_back(double(MonotonicClock::now() - begin) / 1000);
    }
    return times;
}

} // namespace Fanfare::Bench
