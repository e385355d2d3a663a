// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <memory>

namespace Fanfare::Test {

/// What a link does to each direction. Bytes stay in order, as with TCP.
struct LinkQuality
{
    std::chrono::nanoseconds toServer{0}; ///< delay
    std::chrono::nanoseconds toClient{0}; ///< delay
    std::chrono::nanoseconds jitter{0};   ///< added to either, from 0 to this, evenly
};

/// A link to a server of this machine that can be slow, uneven or cut. It listens on a free port
/// of loopback and passes on what it gets.
///
/// Threads: [any]; it works on a thread of its own, so that it goes on while the test blocks.
class TcpProxy final
{
public:
    /// Connects to \a server, a port of loopback, for every connection that it gets.
    explicit TcpProxy(quint16 server, quint64 seed = 1);
    ~TcpProxy();

    quint16 port() const;

    void setQuality(const LinkQuality &quality); ///< of what is read from now on

    /// From now on nothing passes, and nobody is told: no end, no reset, as when a cable is out.
    /// What was sent meanwhile arrives after restore(), if both ends still want it.
    void cut();
    void restore();

    /// Ends all connections at once, in a way that both ends see.
    void reset();

    int connectionCount() const; ///< so far

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare::Test
