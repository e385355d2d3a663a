// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace Fanfare::Cli {

/// A file descriptor that is written in large pieces. When its reader goes away (`| head`), it is
/// broken: what is written after that is dropped and nothing is said about it.
///
/// Threads: [owner]. flush() blocks as long as the reader does not read.
class Output final
{
public:
    explicit Output(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~Output() { flush(); }
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    /// What waits to be written; append to it, then say endLine() after each line.
    QByteArray &buffer() { return m_buffer; }
    void endLine();
    void line(const QString &text);

    void flush();

    /// \a prepare is called before something is written: what else is drawn on the terminal can
    /// make room.
    void setPrepare(std::function<void()> prepare) { m_prepare = std::move(prepare); }

    bool isBroken() const { return m_error != 0; }
    QString problem() const; ///< why it is broken; empty when the reader just left
    bool isEmpty() const { return m_buffer.isEmpty(); }

    bool isTerminal() const;
    bool wantsColor() const; ///< a terminal that shows colors, and NO_COLOR is not set
    int columns() const;     ///< of the terminal; 80 when it is none or does not say

private:
    const int m_descriptor;
    QByteArray m_buffer;
    std::function<void()> m_prepare;
    int m_error = 0; // errno of the write that failed
};

/// Writes `fanfare-cli: ` and \a sentence to standard error.
void complain(const QString &sentence);

} // namespace Fanfare::Cli
