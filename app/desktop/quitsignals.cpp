// SPDX-License-Identifier: MIT
#include "quitsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Fanfare {

static int door[2] = {-1, -1}; ///< a signal handler may do no more than write

static constexpr int caught[] = {SIGTERM, SIGINT, SIGHUP};

static void note(int signal)
{
    const char byte = 1;
    (void)!::write(door[1], &byte, 1);
    std::signal(signal, SIG_DFL);
}

QuitSignals::QuitSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(door, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // they end the process, as they always did
    auto notifier = new QSocketNotifier(door[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(door[0], &byte, 1) > 0)
            Q_EMIT arrived();
    });
    for (const int signal : caught)
        std::signal(signal, note);
}

QuitSignals::~QuitSignals()
{
    for (const int signal : caught)
        std::signal(signal, SIG_DFL);
    for (int &end : door)
        ::close(std::exchange(end, -1));
}

} // namespace Fanfare
