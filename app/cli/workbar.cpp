// SPDX-License-Identifier: MIT
#include "cli/workbar.h"

namespace Fanfare::Cli {

WorkBar::WorkBar(Output &terminal, QString what, std::chrono::milliseconds patience)
    : m_bar(terminal)
    , m_what(std::move(what))
    , m_patience(patience)
{
    m_clock.start();
}

void WorkBar::tell(double share)
{
    if (m_clock.elapsed() >= m_patience.count())
        m_bar.draw(share, m_what);
}

std::function<void(double)> WorkBar::part(double begin, double end)
{
    if (!m_bar.isEnabled())
        return {};
    return [this, begin, end](double share) { tell(begin + share * (end - begin)); };
}

} // namespace Fanfare::Cli
