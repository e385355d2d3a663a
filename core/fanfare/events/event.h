// SPDX-License-Identifier: MIT
#pragma once

#include <QHashFunctions>
#include <QString>

#include <type_traits>
#include <utility>

namespace Fanfare {

/// What is emitted and subscribed to: a name, or the global event, which matches every emission.
/// A typed event is known by the name of its type. Names are compared exactly and may hold any
/// character; the empty name is invalid everywhere.
class Event
{
public:
    Event() = default; ///< invalid
    Event(QString name)
        : m_name(std::move(name))
    {
    }
    Event(const char16_t *name)
        : m_name(QString::fromUtf16(name))
    {
    }

    /// The event that matches every emission. Not the same as an event named "*".
    static Event global()
    {
        Event event;
        event.m_isGlobal = true;
        return event;
    }

    bool isValid() const { return m_isGlobal || !m_name.isEmpty(); }
    bool isGlobal() const { return m_isGlobal; }

    /// The name, or "*" for the global event.
    QString name() const { return m_isGlobal ? QStringLiteral("*") : m_name; }

    bool operator==(const Event &other) const
    {
        const bool isSameText = m_name.constData() == other.m_name.constData()
            && m_name.size() == other.m_name.size(); // usual, and quick
        return m_isGlobal == other.m_isGlobal && (isSameText || m_name == other.m_name);
    }

    friend size_t qHash(const Event &event, size_t seed = 0)
    {
        return event.m_isGlobal ? ~seed : qHash(event.m_name, seed);
    }

private:
    QString m_name;
    bool m_isGlobal = false;
};

} // namespace Fanfare
