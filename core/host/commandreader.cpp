// SPDX-License-Identifier: MIT
#include "commandreader.h"

#include "processguard.h"

#include <fanfare/ipc/workerprotocol.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace Fanfare {

static constexpr qsizetype maximumRead = 256 * 1024;

CommandReader::CommandReader(int input, std::function<bool(Frame &)> handle,
                             std::function<void()> work)
    : m_input(input)
    , m_arrivals(epoll_create1(EPOLL_CLOEXEC))
    , m_handle(std::move(handle))
    , m_work(std::move(work))
{
    fcntl(m_input, F_SETFL, O_NONBLOCK);
    epoll_event wanted{};
    wanted.events = EPOLLIN | EPOLLET; // else what one thread is about to read wakes the other one
    if (epoll_ctl(m_arrivals, EPOLL_CTL_ADD, m_input, &wanted) != 0)
        _exit(brokenLinkCode); // what was inherited is no pipe
}

void CommandReader::start()
{
    for (std::thread &thread : m_threads)
        thread = std::thread([this] { run(); });
}

void CommandReader::run()
{
    for (;;) {
        wait();
        {
            std::lock_guard lock(m_mutex);
            readAll();
        }
        m_work();
    }
}

void CommandReader::wait()
{
    epoll_event arrived{};
    while (epoll_wait(m_arrivals, &arrived, 1, -1) < 0) {
        if (errno != EINTR)
            _exit(brokenLinkCode); // a handler closed it
    }
}

/// Until nothing is there: only what arrives after that is told again.
void CommandReader::readAll()
{
    for (bool isMoreThere = true; isMoreThere;) {
        char *const room = m_frames.makeRoom(maximumRead);
        const auto size = m_frames.room();
        const ssize_t count = read(m_input, room, size_t(size));
        const int error = errno;
        m_frames.fillRoom(std::max<qsizetype>(0, count));
        if (count == 0)
            leaveWithGroup(); // the host is gone
        if (count < 0 && error == EAGAIN)
            return;
        if (count < 0 && error != EINTR)
            _exit(brokenLinkCode); // a handler closed it
        handleAll();
        isMoreThere = count < 0 || count == size;
    }
}

void CommandReader::handleAll()
{
    for (;;) {
        auto frame = m_frames.next();
        if (frame && !*frame)
            return;
        if (!frame || !m_handle(**frame))
            _exit(brokenLinkCode); // whoever writes here is no host
    }
}

} // namespace Fanfare
