// SPDX-License-Identifier: MIT
#include "quiettime.h"

#include "session.h"

#include <algorithm>

namespace Fanfare {

QuietTime::QuietTime(Session &session, QObject *parent, Clock clock)
    : QObject(parent)
    , m_clock(std::move(clock))
{
    connect(&session, &Session::commandEnded, this, &QuietTime::takeEnd);
    connect(&session, &Session::engineEnded, this, [this] {
        m_open = 1; // what was open will not end
        takeEnd();
    });
}

std::chrono::milliseconds QuietTime::take()
{
    const std::chrono::nanoseconds pause(m_open == 0 ? m_clock() - m_since : 0);
    ++m_open;
    constexpr std::chrono::milliseconds most = std::chrono::days(1); // what a scenario may say
    return std::min(most, std::chrono::floor<std::chrono::milliseconds>(pause));
}

void QuietTime::takeEnd()
{
    m_open = std::max(0, m_open - 1);
    m_since = m_clock();
}

} // namespace Fanfare
