// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <sys/types.h>
#include <vector>

namespace Fanfare::Bench {

/// A child that answers every request on its standard input, and nothing else: what any pool of
/// processes costs at least. Requests and answers have a fixed size.
class BareWorker
{
public:
    /// \a pipeSize bytes; 0: as the system makes pipes.
    BareWorker(qsizetype request, qsizetype answer, int pipeSize);
    ~BareWorker();
    BareWorker(BareWorker &&other) noexcept;

    int input() const { return m_input; }
    int output() const { return m_output; }
    qsizetype inFlight() const { return m_inFlight; }
    bool hasToWrite() const { return m_toWrite > 0; }

    void request(); ///< one more
    void write();   ///< as much as the pipe takes
    quint64 read(); ///< how many answers are complete now

private:
    const qsizetype m_request;
    const qsizetype m_answer;
    pid_t m_pid = -1;
    int m_input = -1;
    int m_output = -1;
    qsizetype m_inFlight = 0;
    qsizetype m_toWrite = 0; // bytes
    qsizetype m_read = 0;    // bytes of the answer that is not complete
};

/// What stands behind "--answer REQUEST ANSWER": answers until its input ends.
int answerAll(qsizetype request, qsizetype answer);

/// Seconds for \a count requests to \a workers, each with at most \a window in flight.
double secondsOnBareWorkers(std::vector<BareWorker> &workers, quint64 count, qsizetype window);

} // namespace Fanfare::Bench
