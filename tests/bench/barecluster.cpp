// SPDX-License-Identifier: MIT
#include "barecluster.h"

#include "benchprogram.h"

#include <fanfare/base/clock.h>

namespace Fanfare::Bench {

using namespace std::chrono_literals;

static const QByteArray exchange = QByteArrayLiteral("fanfare.v1.bench");
static const QByteArray taskQueue = QByteArrayLiteral("fanfare.v1.bench.tasks");
static const QByteArray resultQueue = QByteArrayLiteral("fanfare.v1.bench.results");

/// The n-th result belongs to the n-th task, so that what confirms one acknowledges the other.
static void work(std::stop_token stop, const BareBroker &broker, quint16 prefetch)
{
    BareConnection connection(broker);
    connection.consume(taskQueue, prefetch);
    while (!stop.stop_requested()) {
        const BareConnection::Incoming incoming = connection.next(100ms);
        if (incoming.kind == BareConnection::Kind::Delivered)
            connection.publish(exchange, resultQueue, incoming.body);
        else if (incoming.kind == BareConnection::Kind::Confirmed)
            connection.acknowledge(incoming.tag, incoming.isMultiple);
    }
}

BareCluster::BareCluster(const BareBroker &broker, int workers, quint16 prefetch)
    : m_connection(broker)
{
    m_connection.declareExchange(exchange);
    m_connection.declareQueue(taskQueue, BareConnection::Queue::Quorum, exchange);
    m_connection.declareQueue(resultQueue, BareConnection::Queue::Classic, exchange);
    m_connection.consume(resultQueue, 0);
    for (int i = 0; i < workers; ++i)
        m_workers.emplace_back([=](std::stop_token stop) { work(stop, broker, prefetch); });
}

BareCluster::~BareCluster()
{
    m_workers.clear();
    m_connection.deleteQueue(taskQueue);
    m_connection.deleteQueue(resultQueue);
}

void BareCluster::takeOne()
{
    const BareConnection::Incoming incoming = m_connection.next(10s);
    switch (incoming.kind) {
    case BareConnection::Kind::Nothing:
        fail("nothing came back to the bare producer for ten seconds");
    case BareConnection::Kind::Confirmed:
        m_confirmed = incoming.isMultiple ? incoming.tag : m_confirmed + 1;
        break;
    case BareConnection::Kind::Delivered:
        ++m_finished;
        if (m_finished % 64 == 0 || m_finished == m_published)
            m_connection.acknowledge(incoming.tag, true);
        break;
    }
}

double BareCluster::secondsFor(quint64 count, qsizetype size, quint64 window)
{
    const QByteArray body(size, 'x');
    const quint64 all = m_published + count;
    const qint64 begin = MonotonicClock::now();
    while (m_finished < all) {
        if (m_published < all && m_published - m_finished < window) {
            m_connection.publish(exchange, taskQueue, body);
            ++m_published;
        } else {
            takeOne();
        }
    }
    return double(MonotonicClock::now() - begin) / 1e9;
}

std::vector<double> BareCluster::roundTrips(quint64 count, qsizetype size)
{
    std::vector<double> times;
    for (quint64 i = 0; i < count; ++i)
        times.push_back(secondsFor(1, size, 1) * 1e6);
    return times;
}

} // namespace Fanfare::Bench
