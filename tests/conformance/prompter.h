// SPDX-License-Identifier: MIT
#pragma once

#include "plugin/message.h"

#include <functional>
#include <thread>
#include <vector>

namespace Fanfare::Conformance {

/// Listens to the handlers that play in worker processes, and leads each of their calls on a
/// thread of its own.
///
/// One at a time in a process: hosts that outlive one of them find the next under the same name.
///
/// Threads: made and destroyed by one thread, before it starts others. The destructor waits until
/// no handler talks any more.
class Prompter
{
public:
    /// Answers what the call has to do; "waits" in it makes the handler wait for the second step.
    using Answer = std::function<Message(const Message &call)>;
    /// Returns when the handler may go on. [blocks]
    using Wait = std::function<void(const Message &answer)>;

    Prompter(Answer answer, Wait wait);
    ~Prompter();
    Q_DISABLE_COPY_MOVE(Prompter)

private:
    void acceptAll();
    void lead(int connection);

    const Answer m_answer;
    const Wait m_wait;
    int m_socket = -1;
    std::thread m_acceptor;
    std::vector<std::thread> m_leaders; // used by the acceptor, and when that has ended
};

} // namespace Fanfare::Conformance
