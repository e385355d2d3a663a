// SPDX-License-Identifier: MIT
#include "cli/output.h"

#include "cli/wording.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace Fanfare::Cli {

void Output::endLine()
{
    m_buffer += '\n';
    if (m_buffer.size() >= 1 << 16)
        flush();
}

void Output::line(const QString &text)
{
    m_buffer += text.toUtf8();
    endLine();
}

/// Whether it makes sense to write once more after \a error.
static bool mayTryAgain(int error, int descriptor)
{
    if (error == EAGAIN) { // a terminal that some other program left non-blocking
        pollfd ready{descriptor, POLLOUT, 0};
        ::poll(&ready, 1, 1000);
    }
    return error == EAGAIN || error == EINTR;
}

void Output::flush()
{
    if (!m_buffer.isEmpty() && m_prepare)
        m_prepare();
    qsizetype position = 0;
    while (!isBroken() && position < m_buffer.size()) {
        const ssize_t count = ::write(m_descriptor, m_buffer.constData() + position,
                                      size_t(m_buffer.size() - position));
        const int error = errno;
        if (count >= 0)
            position += count;
        else if (!mayTryAgain(error, m_descriptor))
            m_error = error;
    }
    m_buffer.resize(0);
}

QString Output::problem() const
{
    if (m_error == 0 || m_error == EPIPE)
        return {};
    return u"The output cannot be written: %1; write it to another place."_qs.arg(
        qt_error_string(m_error));
}

bool Output::isTerminal() const
{
    return ::isatty(m_descriptor);
}

bool Output::wantsColor() const
{
    return isTerminal() && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
}

int Output::columns() const
{
    winsize size{};
    if (::ioctl(m_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

void complain(const QString &sentence)
{
    Output(STDERR_FILENO).line(u"fanfare-cli: "_qs + printable(sentence));
}

} // namespace Fanfare::Cli
