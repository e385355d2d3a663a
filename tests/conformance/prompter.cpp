// SPDX-License-Identifier: MIT
#include "prompter.h"

#include "plugin/seats.h"

#include <QCoreApplication>

#include <cstring>
#include <unistd.h>

namespace Fanfare::Conformance {

static constexpr int waitingConnections = 256;

Prompter::Prompter(Answer answer, Wait wait)
    : m_answer(std::move(answer))
    , m_wait(std::move(wait))
    , m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const QByteArray name =
        "fanfare-conformance-" + QByteArray::number(QCoreApplication::applicationPid());
    qputenv(replayerVariable, name); // workers that are started from now on inherit it
    const sockaddr_un address = abstractAddress(name);
    if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(m_socket, waitingConnections) != 0) {
        qFatal("The replayer cannot listen to its handlers: %s", strerror(errno));
    }
    m_acceptor = std::thread([this] { acceptAll(); });
}

Prompter::~Prompter()
{
    ::shutdown(m_socket, SHUT_RDWR); // accept() returns
    m_acceptor.join();
    for (std::thread &leader : m_leaders)
        leader.join();
    close(m_socket);
}

void Prompter::acceptAll()
{
    for (;;) {
        const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0)
            m_leaders.emplace_back([this, connection] { lead(connection); });
        else if (errno != EINTR && errno != ECONNABORTED)
            return;
    }
}

void Prompter::lead(int connection)
{
    Message call;
    if (receiveMessage(connection, call)) {
        const Message answer = m_answer(call);
        if (sendMessage(connection, answer) && answer[QStringLiteral("waits")].toBool()) {
            m_wait(answer);
            sendMessage(connection, {});
        }
    }
    close(connection);
}

} // namespace Fanfare::Conformance
