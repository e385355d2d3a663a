// SPDX-License-Identifier: MIT
#include "processworker.h"

#include "benchprogram.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace Fanfare::Bench {

static constexpr qsizetype readSize = 1024 * 1024;

static QByteArray &room()
{
    static QByteArray bytes(readSize, 'x');
    return bytes;
}

BareWorker::BareWorker(qsizetype request, qsizetype answer, int pipeSize)
    : m_request(request)
    , m_answer(answer)
{
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        fail("no pipe");
    const QByteArray program = QCoreApplication::applicationFilePath().toLocal8Bit();
    const QByteArray requestText = QByteArray::number(request);
    const QByteArray answerText = QByteArray::number(answer);
    m_pid = fork();
    if (m_pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execl(program.constData(), program.constData(), "--answer", requestText.constData(),
              answerText.constData(), nullptr);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    m_input = in[1];
    m_output = out[0];
    for (const int end : {m_input, m_output}) {
        fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK);
        if (pipeSize > 0)
            fcntl(end, F_SETPIPE_SZ, pipeSize);
    }
}

BareWorker::BareWorker(BareWorker &&other) noexcept
    : m_request(other.m_request)
    , m_answer(other.m_answer)
    , m_pid(std::exchange(other.m_pid, -1))
    , m_input(std::exchange(other.m_input, -1))
    , m_output(std::exchange(other.m_output, -1))
{
}

BareWorker::~BareWorker()
{
    if (m_pid < 0)
        return;
    close(m_input); // which ends it
    close(m_output);
    waitpid(m_pid, nullptr, 0);
}

void BareWorker::request()
{
    ++m_inFlight;
    m_toWrite += m_request;
    write();
}

void BareWorker::write()
{
    while (m_toWrite > 0) {
        const size_t size = size_t(std::min(m_toWrite, readSize));
        const ssize_t count = ::write(m_input, room().constData(), size);
        if (count < 0 && errno == EAGAIN)
            return;
        if (count < 0 && errno != EINTR)
            fail("a bare worker does not listen");
        m_toWrite -= std::max<ssize_t>(0, count);
    }
}

quint64 BareWorker::read()
{
    const ssize_t count = ::read(m_output, room().data(), readSize);
    if (count == 0)
        fail("a bare worker ended");
    if (count < 0)
        return 0;
    m_read += count;
    const qsizetype complete = m_read / m_answer;
    m_read %= m_answer;
    m_inFlight -= complete;
    return quint64(complete);
}

int answerAll(qsizetype request, qsizetype answer)
{
    qsizetype have = 0;
    for (;;) {
        const ssize_t count = ::read(STDIN_FILENO, room().data(), readSize);
        if (count <= 0)
            return 0;
        have += count;
        for (qsizetype toWrite = have / request * answer; toWrite > 0;) {
            const size_t size = size_t(std::min(toWrite, readSize));
            const ssize_t written = ::write(STDOUT_FILENO, room().constData(), size);
            if (written <= 0)
                return 1;
            toWrite -= written;
        }
        have %= request;
    }
}

double secondsOnBareWorkers(std::vector<BareWorker> &workers, quint64 count, qsizetype window)
{
    std::vector<pollfd> polled(workers.size() * 2);
    quint64 asked = 0;
    quint64 answered = 0;
    const qint64 begin = MonotonicClock::now();
    while (answered < count) {
        for (size_t i = 0; i < workers.size(); ++i) {
            BareWorker &worker = workers[i];
            for (; asked < count && worker.inFlight() < window; ++asked)
                worker.request();
            polled[2 * i] = {worker.output(), POLLIN, 0};
            polled[2 * i + 1] = {worker.hasToWrite() ? worker.input() : -1, POLLOUT, 0};
        }
        poll(polled.data(), polled.size(), -1);
        for (size_t i = 0; i < workers.size(); ++i) {
            if (polled[2 * i].revents)
                answered += workers[i].read();
            if (polled[2 * i + 1].revents)
                workers[i].write();
        }
    }
    return double(MonotonicClock::now() - begin) / 1e9;
}

} // namespace Fanfare::Bench
