// SPDX-License-Identifier: MIT
#include "fanfare/engine/emitplan.h"

#include <algorithm>

namespace Fanfare {

EmitPlan::EmitPlan(quint64 number, EmitMessage message, qint64 start)
    : m_number(number)
    , m_message(std::move(message))
    , m_start(start)
{
}

quint64 EmitPlan::dueCount(qint64 now) const
{
    const EmitCommand &command = m_message.command;
    if (m_hasEnded)
        return 0;
    if (command.rate <= 0)
        return command.count - m_accepted;
    const double due = double(now - m_start) * command.rate / 1e9 + 1;
    if (due >= double(command.count))
        return command.count - m_accepted;
    const auto wanted = quint64(std::max(0.0, due));
    return wanted > m_accepted ? wanted - m_accepted : 0;
}

qint64 EmitPlan::nextDue() const
{
    if (m_message.command.rate <= 0)
        return m_start;
    const double wait = double(m_accepted) / m_message.command.rate * 1e9;
    return m_start + qint64(std::min(wait, 1e18)); // a rate of 1e-9 is one in 31 years
}

EmissionId EmitPlan::nextId() const
{
    return EmissionId(Fanfare::number(m_message.first) + m_accepted);
}

Arguments EmitPlan::nextArguments() const
{
    const QList<Arguments> &all = m_message.command.arguments;
    return all.isEmpty() ? Arguments() : all.at(qsizetype(m_accepted % quint64(all.size())));
}

void EmitPlan::addAccepted(int tasks)
{
    ++m_accepted;
    m_tasks += quint64(tasks);
    if (flight)
        flight->accepted.store(m_accepted, std::memory_order_release);
}

bool EmitPlan::isRestIn(const EmissionRange &range) const
{
    const quint64 last = Fanfare::number(m_message.first) + m_message.command.count - 1;
    return range.contains(nextId()) && range.contains(EmissionId(last));
}

CommandFact EmitPlan::fact(const QString &error) const
{
    return {m_number, m_accepted, m_tasks, error};
}

} // namespace Fanfare
