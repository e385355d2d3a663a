// SPDX-License-Identifier: MIT
#include "fanfare/processes/workerlink.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace Fanfare {

static constexpr int pipeSize = 1024 * 1024;
static constexpr qsizetype readSize = 256 * 1024;

static void closeEnd(int &end)
{
    if (end >= 0)
        close(std::exchange(end, -1));
}

/// Writes without the signal that the program would get when nobody reads any more. Its handler, if
/// it has one, has nothing to do with workers.
static ssize_t writeQuietly(int end, const char *bytes, size_t size)
{
    sigset_t broken;
    sigset_t before;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    const ssize_t count = ::write(end, bytes, size);
    const int error = errno;
    if (count < 0 && error == EPIPE && !sigismember(&before, SIGPIPE)) {
        const timespec atOnce{};
        sigtimedwait(&broken, nullptr, &atOnce); // it is for this thread, and waits
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return count;
}

WorkerLink::WorkerLink()
{
    int down[2];
    int up[2];
    if (pipe2(down, O_CLOEXEC) != 0)
        return;
    std::tie(m_workerInput, m_input) = std::pair(down[0], down[1]);
    if (pipe2(up, O_CLOEXEC) != 0)
        return;
    std::tie(m_output, m_workerOutput) = std::pair(up[0], up[1]);
    for (const int end : {m_input, m_output}) {
        fcntl(end, F_SETFL, O_NONBLOCK);
        fcntl(end, F_SETPIPE_SZ, pipeSize); // else the size stays
    }
}

WorkerLink::~WorkerLink()
{
    closeOutput();
    m_writable.reset();
    for (int *end : {&m_workerInput, &m_workerOutput, &m_input})
        closeEnd(*end);
}

void WorkerLink::open()
{
    closeEnd(m_workerInput);
    closeEnd(m_workerOutput);
    if (m_input < 0 || m_output < 0)
        return;
    m_readable.emplace(m_output, QSocketNotifier::Read);
    m_writable.emplace(m_input, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(&*m_readable, &QSocketNotifier::activated, this, &WorkerLink::readSome);
    connect(&*m_writable, &QSocketNotifier::activated, this, &WorkerLink::hasRoom);
}

void WorkerLink::flush()
{
    const bool isDone = write();
    if (m_writable)
        m_writable->setEnabled(!isDone);
}

bool WorkerLink::write()
{
    while (m_input >= 0) {
        if (m_written == m_waiting.size()) {
            m_waiting = m_frames.take();
            m_written = 0;
        }
        if (m_waiting.isEmpty())
            break;
        const ssize_t count = writeQuietly(m_input, m_waiting.constData() + m_written,
                                           size_t(m_waiting.size() - m_written));
        if (count >= 0)
            m_written += count;
        else if (errno == EAGAIN)
            return false;
        else if (errno != EINTR)
            break; // nobody reads: the end of the process follows
    }
    return true;
}

WorkerLink::Read WorkerLink::readOnce()
{
    char *const room = m_reader.makeRoom(readSize);
    const ssize_t count = read(m_output, room, size_t(m_reader.room()));
    const bool isEmpty = count < 0 && (errno == EAGAIN || errno == EINTR);
    m_reader.fillRoom(std::max<qsizetype>(0, count));
    return count > 0 ? Read::Some : isEmpty ? Read::Nothing : Read::End;
}

/// As much as one read gives, so that no worker keeps the others waiting.
void WorkerLink::readSome()
{
    const Read read = readOnce();
    if (read == Read::End)
        closeOutput();
    if (read == Read::Some)
        Q_EMIT arrived();
    else if (read == Read::End)
        Q_EMIT ended();
}

void WorkerLink::drain()
{
    while (m_output >= 0 && readOnce() == Read::Some)
        Q_EMIT arrived();
}

void WorkerLink::abandon()
{
    closeOutput();
}

/// Not destroyed at once: it may be the notifier that leads here.
void WorkerLink::closeOutput()
{
    if (m_readable)
        m_readable->setEnabled(false);
    closeEnd(m_output);
}

} // namespace Fanfare
