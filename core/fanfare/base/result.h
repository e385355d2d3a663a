// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace Fanfare {

/// Why a call was refused. The names are stable: they appear in logs, tests and files.
enum class ErrorCode : quint8 {
    NoEvents,              ///< an empty list of events
    InvalidEvent,          ///< no event, or an empty name
    MaxSubscribersReached, ///< one of the events is full
    InvalidHandler,        ///< no handler function
    InvalidSubscriber,     ///< no subscriber
    NoSubscribers,         ///< an empty list of subscribers
    InvalidMaxSubscribers, ///< a limit below 1
    ExecutorShutdown,      ///< the executor accepts no more emissions
    ShutdownFromHandler,   ///< a waiting shutdown asked by a handler of that executor
    QueueFull,             ///< the queue of the executor is at its bound
    NotTransferable,       ///< a handler or argument cannot leave this process
    InvalidArgument,       ///< a value outside its documented range
    NotFound,              ///< a file, folder, event or handler that is not there
    Unreadable,            ///< a file or folder that cannot be read
    InvalidPlugin,         ///< a file that is no usable handler plugin
    Protocol,              ///< the other end of a link broke its protocol
    Unsupported,           ///< known, but not in this build or version
};

/// A refusal: its code, and one English sentence that names the thing and the way out.
struct Error
{
    ErrorCode code;
    QString message;
};

/// Either a value or an Error. \a T must not be Error itself.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_content.index() == 0; }

    /// The value; only when the result is true.
    T &operator*() & { return std::get<0>(m_content); }
    const T &operator*() const & { return std::get<0>(m_content); }
    T &&operator*() && { return std::get<0>(std::move(m_content)); }
    T *operator->() { return &std::get<0>(m_content); }
    const T *operator->() const { return &std::get<0>(m_content); }

    /// The error; only when the result is false.
    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_content(std::move(error))
    {
    }

    explicit operator bool() const { return m_content.index() == 0; }
    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<std::monostate, Error> m_content;
};

} // namespace Fanfare
