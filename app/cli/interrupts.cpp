// SPDX-License-Identifier: MIT
#include "cli/interrupts.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Fanfare::Cli {

// The only thing that a signal handler can reach.
static constinit std::atomic<int> writeEnd{-1};

static void wake(int)
{
    const int error = errno;
    const char byte = 1;
    [[maybe_unused]] const ssize_t count = ::write(writeEnd.load(), &byte, 1);
    errno = error;
}

static void handle(int signal, void (*handler)(int))
{
    struct sigaction action
    {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

Interrupts::Interrupts(QObject *parent)
    : QObject(parent)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // Ctrl+C then ends the program at once
    m_readEnd = ends[0];
    writeEnd = ends[1];
    auto *notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interrupts::read);
    handle(SIGINT, &wake);
    handle(SIGTERM, &wake);
}

Interrupts::~Interrupts()
{
    if (m_readEnd < 0)
        return;
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    ::close(m_readEnd);
    ::close(writeEnd.exchange(-1));
}

void Interrupts::read()
{
    char byte = 0;
    while (::read(m_readEnd, &byte, 1) == 1)
        Q_EMIT interrupted();
}

} // namespace Fanfare::Cli
