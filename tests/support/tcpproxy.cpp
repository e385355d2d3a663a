// SPDX-License-Identifier: MIT
#include "support/tcpproxy.h"

#include "support/proxystream.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <list>
#include <mutex>
#include <poll.h>
#include <random>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace Fanfare::Test {

using Clock = std::chrono::steady_clock;

static sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

static int listenOnLoopback(quint16 &port)
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (bind(descriptor, reinterpret_cast<sockaddr *>(&address), length) != 0
        || listen(descriptor, 128) != 0
        || getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        qFatal("cannot listen on this machine");
    port = ntohs(address.sin_port);
    return descriptor;
}

/// Both directions of one connection; owns its sockets.
struct ProxyPair
{
    ProxyStream toServer;
    ProxyStream toClient;

    ProxyPair(int client, int server)
        : toServer(client, server)
        , toClient(server, client)
    {
    }
    ~ProxyPair()
    {
        close(toServer.source());
        close(toServer.target());
    }
    bool isOver() const
    {
        return toServer.isBroken() || toClient.isBroken()
            || (toServer.isDone() && toClient.isDone());
    }
};

class TcpProxy::Private
{
public:
    Private(quint16 server, quint64 seed)
        : m_server(server)
        , m_random(seed)
    {
        m_listener = listenOnLoopback(m_port);
        m_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        m_thread = std::thread([this] { run(); });
    }

    ~Private()
    {
        m_isEnding = true;
        wake();
        m_thread.join();
        m_pairs.clear();
        close(m_listener);
        close(m_wake);
    }

    void wake() { eventfd_write(m_wake, 1); }

    std::mutex mutex;
    LinkQuality quality; // guarded by mutex
    std::atomic<bool> isCut = false;
    std::atomic<bool> wantsReset = false;
    std::atomic<int> connections = 0;

    quint16 port() const { return m_port; }

private:
    void run()
    {
        while (!m_isEnding) {
            waitForSomething();
            eventfd_t ignored = 0;
            eventfd_read(m_wake, &ignored);
            if (wantsReset.exchange(false))
                m_pairs.clear();
            if (!isCut)
                work();
        }
    }

    void work()
    {
        acceptAll();
        const LinkQuality now = [this] {
            const std::lock_guard lock(mutex);
            return quality;
        }();
        for (ProxyPair &pair : m_pairs) {
            pair.toServer.work(Clock::now(), now.toServer + jitter(now));
            pair.toClient.work(Clock::now(), now.toClient + jitter(now));
        }
        m_pairs.remove_if([](const ProxyPair &pair) { return pair.isOver(); });
    }

    std::chrono::nanoseconds jitter(const LinkQuality &now)
    {
        return std::chrono::nanoseconds(
            std::uniform_int_distribution<qint64>(0, now.jitter.count())(m_random));
    }

    /// Until a socket can be read or written, a delayed piece is due, or somebody calls wake().
    void waitForSomething()
    {
        std::vector<pollfd> all{{m_wake, POLLIN, 0}};
        auto due = Clock::time_point::max();
        if (!isCut) {
            all.push_back({m_listener, POLLIN, 0});
            for (const ProxyPair &pair : m_pairs) {
                for (const ProxyStream *stream : {&pair.toServer, &pair.toClient}) {
                    if (stream->wantsToRead())
                        all.push_back({stream->source(), POLLIN, 0});
                    if (stream->isStuck())
                        all.push_back({stream->target(), POLLOUT, 0});
                    else
                        due = std::min(due, stream->nextDue());
                }
            }
        }
        const auto left = std::max(due - Clock::now(), Clock::duration::zero());
        const timespec time{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        ppoll(all.data(), all.size(), due == Clock::time_point::max() ? nullptr : &time, nullptr);
    }

    void acceptAll()
    {
        for (;;) {
            const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (client < 0)
                return;
            const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_in address = loopback(m_server);
            if (connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address)
                != 0) {
                close(client); // as a server that is gone
                close(server);
                continue;
            }
            ++connections;
            ProxyStream::prepare(client);
            ProxyStream::prepare(server);
            m_pairs.emplace_back(client, server);
        }
    }

    const quint16 m_server;
    quint16 m_port = 0;
    int m_listener = -1;
    int m_wake = -1;
    std::mt19937_64 m_random;
    std::list<ProxyPair> m_pairs;
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread; // last: it uses all above
};

TcpProxy::TcpProxy(quint16 server, quint64 seed)
    : d(std::make_unique<Private>(server, seed))
{
}

TcpProxy::~TcpProxy() = default;

quint16 TcpProxy::port() const
{
    return d->port();
}

void TcpProxy::setQuality(const LinkQuality &quality)
{
    const std::lock_guard lock(d->mutex);
    d->quality = quality;
}

void TcpProxy::cut()
{
    d->isCut = true;
    d->wake();
}

void TcpProxy::restore()
{
    d->isCut = false;
    d->wake();
}

void TcpProxy::reset()
{
    d->wantsReset = true;
    d->wake();
}

int TcpProxy::connectionCount() const
{
    return d->connections;
}

} // namespace Fanfare::Test
