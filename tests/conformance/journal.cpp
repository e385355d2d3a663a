// SPDX-License-Identifier: MIT
#include "journal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

EmissionName Performer::emissionMadeBy(int index) const
{
    const QString name = u"%1/%2.%3.%4"_s.arg(emission.name, subscriber, phase).arg(index);
    return {name, emission.op};
}

EmissionId Journal::openEmission(const EmissionName &name)
{
    std::lock_guard lock(m_mutex);
    m_emissions.push_back(name);
    return EmissionId(m_emissions.size());
}

Performer Journal::performer(quint64 emission, const QString &subscriber,
                             const QString &phase) const
{
    return {m_emissions.at(emission - 1), subscriber, phase};
}

void Journal::addCall(const Performer &performer, QJsonObject call)
{
    call.insert(u"op"_s, performer.emission.op);
    call.insert(u"emission"_s, performer.emission.name);
    call.insert(u"subscriber"_s, performer.subscriber);
    call.insert(u"phase"_s, performer.phase);
    m_calls.push_back(std::move(call));
    ++m_counts[{performer.subscriber, performer.phase}];
}

std::pair<Performer, int> Journal::addHandlerCall(const HandlerCall &call)
{
    std::lock_guard lock(m_mutex);
    const Performer self = performer(call.emission, call.subscriber, u"event"_s);
    const bool isNew =
        m_tasks.try_emplace({call.emission, call.task}, Task{call.subscriber}).second;
    if (!isNew) {
        m_problems.append(u"a task of emission %1 was started twice (%2)"_s.arg(self.emission.name,
                                                                                call.subscriber));
    }
    if (m_startedIds.insert(call.emission).second)
        m_order.append(self.emission.name);
    addCall(self, {{u"args"_s, call.arguments}, {u"named"_s, call.named}});
    m_called.notify_all();
    return {self, m_counts[{call.subscriber, self.phase}]};
}

Performer Journal::addCallbackCall(const Context &context, const QString &phase, const QString &via,
                                   const QJsonArray &arguments)
{
    std::lock_guard lock(m_mutex);
    Task &task = m_tasks[{context.emissionId(), context.taskIndex()}];
    const Performer self = performer(context.emissionId(), task.subscriber, phase);
    if (task.subscriber.isEmpty()) {
        m_problems.append(u"emission %1: the %2 callback of task %3 came before its handler"_s
                              .arg(self.emission.name, phase)
                              .arg(context.taskIndex()));
    }
    if (task.hasEnded) {
        m_problems.append(u"emission %1: more than one success or failure callback of %2"_s.arg(
            self.emission.name, task.subscriber));
    }
    task.hasEnded = true;
    addCall(self, {{u"args"_s, arguments}, {u"named"_s, QJsonObject()}, {u"via"_s, via}});
    return self;
}

void Journal::addNested(const Performer &performer, int index, const QJsonObject &result)
{
    std::lock_guard lock(m_mutex);
    m_nested.push_back({{u"op"_s, performer.emission.op},
                        {u"emission"_s, performer.emission.name},
                        {u"subscriber"_s, performer.subscriber},
                        {u"phase"_s, performer.phase},
                        {u"index"_s, index},
                        {u"result"_s, result}});
}

void Journal::addProblem(const QString &text)
{
    std::lock_guard lock(m_mutex);
    m_problems.append(text);
}

bool Journal::mayPerform(const Performer &performer, int index, int times)
{
    std::lock_guard lock(m_mutex);
    return ++m_performed[{performer.subscriber, performer.phase, index}] <= times;
}

int Journal::callCount(const QString &subscriber, const QString &phase) const
{
    std::lock_guard lock(m_mutex);
    const auto found = m_counts.find({subscriber, phase});
    return found == m_counts.end() ? 0 : found->second;
}

bool Journal::awaitCalls(const QString &subscriber, int count, std::chrono::seconds limit)
{
    std::unique_lock lock(m_mutex);
    return m_called.wait_for(lock, limit, [&] {
        return m_counts[{subscriber, u"event"_s}] >= count;
    });
}

std::vector<QJsonObject> Journal::calls() const
{
    std::lock_guard lock(m_mutex);
    return m_calls;
}

std::vector<QJsonObject> Journal::nested() const
{
    std::lock_guard lock(m_mutex);
    return m_nested;
}

QStringList Journal::order() const
{
    std::lock_guard lock(m_mutex);
    return m_order;
}

QStringList Journal::order(std::vector<std::pair<qint64, quint64>> started) const
{
    std::sort(started.begin(), started.end());
    std::lock_guard lock(m_mutex);
    QStringList order;
    std::set<quint64> known;
    for (const auto &[time, emission] : started) {
        if (m_startedIds.contains(emission) && known.insert(emission).second)
            order.append(m_emissions.at(emission - 1).name);
    }
    return order;
}

QStringList Journal::problems() const
{
    std::lock_guard lock(m_mutex);
    return m_problems;
}

} // namespace Fanfare::Conformance
