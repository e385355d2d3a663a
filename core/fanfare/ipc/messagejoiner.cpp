// SPDX-License-Identifier: MIT
#include "fanfare/ipc/messagejoiner.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

Result<bool> MessageJoiner::join(Frame &frame)
{
    const bool isEnd = !(frame.flags & UnfinishedFrame);
    if (isEnd && m_begin.isEmpty())
        return true;
    if (!m_begin.isEmpty() && frame.type != m_type)
        return Error{ErrorCode::Protocol, u"a message was left unfinished"_s};
    if (m_begin.size() + frame.payload.size() > m_limit)
        return Error{ErrorCode::Protocol,
                     u"a message has more than %1 MiB"_s.arg(m_limit / (1024 * 1024))};
    m_type = frame.type;
    m_begin.append(frame.payload);
    if (isEnd)
        frame.payload = std::exchange(m_begin, {});
    return isEnd;
}

} // namespace Fanfare
