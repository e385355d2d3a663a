// SPDX-License-Identifier: MIT
#include "stage.h"

#include "actor.h"
#include "plugin/seats.h"
#include "vectorformat.h"

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

Stage::Stage(const QJsonObject &scenario, Venue &venue)
    : m_types(scenario["types"_L1].toObject())
{
    if (venue.isRemote()) {
        m_prompter = std::make_unique<Prompter>(
            [this](const Message &call) { return prompt(call); },
            [this](const Message &answer) { gate(answer[u"gate"_s].toString()).wait(); });
    }
    m_executor = venue.makeExecutor(scenario["executor"_L1]["workers"_L1].toInt(), m_recorder);
    if (!addLinker(u"main"_s, scenario["linker"_L1].toObject()))
        throw FormatError(u"the settings of the main linker are invalid"_s);
}

Stage::~Stage()
{
    openAllGates();
}

Result<void> Stage::addLinker(const QString &name, const QJsonObject &settings)
{
    Result<LinkerSettings> checked = EventLinker::checked(linkerSettings(*this, settings));
    if (!checked)
        return checked.error();
    std::lock_guard lock(m_mutex);
    m_linkers[name] = std::make_unique<Namespace>(name, std::move(*checked), *m_executor);
    return {};
}

Stage::Namespace &Stage::linker(const QString &name)
{
    std::lock_guard lock(m_mutex);
    const auto found = m_linkers.find(name);
    if (found == m_linkers.end())
        throw FormatError(u"there is no linker \"%1\""_s.arg(name));
    return *found->second;
}

QStringList Stage::linkerNames() const
{
    std::lock_guard lock(m_mutex);
    QStringList names;
    for (const auto &[name, linker] : m_linkers)
        names.append(name);
    return names;
}

Event Stage::event(const QJsonValue &value) const
{
    if (value.isObject()) {
        const QString type = value["type"_L1].toString();
        if (!m_types.contains(type))
            throw FormatError(u"there is no type \"%1\""_s.arg(type));
        return m_types[type]["kind"_L1] == "plain"_L1 ? Event() : Event(type);
    }
    const QString name = value.toString();
    return name == "*"_L1 ? Event::global() : Event(name);
}

std::shared_ptr<const Callables> Stage::callables(const QString &name, const Callables &given)
{
    if (name.isEmpty())
        return std::make_shared<const Callables>(given);
    std::lock_guard lock(m_mutex);
    auto &shared = m_callables[name];
    if (!shared)
        shared = std::make_shared<const Callables>(given);
    return shared;
}

Gate &Stage::gate(const QString &name)
{
    std::lock_guard lock(m_mutex);
    std::unique_ptr<Gate> &gate = m_gates[name];
    if (!gate) {
        gate = std::make_unique<Gate>();
        if (m_opensAllGates)
            gate->open();
    }
    return *gate;
}

QStringList Stage::order()
{
    if (!isRemote())
        return m_journal.order();
    std::vector<std::pair<qint64, quint64>> started;
    for (const SpanRecord &span : m_recorder.drain().spans)
        started.emplace_back(span.started, number(span.task.emission));
    return m_journal.order(std::move(started));
}

void Stage::openAllGates()
{
    std::lock_guard lock(m_mutex);
    m_opensAllGates = true;
    for (const auto &[name, gate] : m_gates)
        gate->open();
}

int Stage::takeSeat(Prompter::Answer prompt)
{
    std::lock_guard lock(m_mutex);
    if (m_prompts.size() >= seatCount)
        throw FormatError(u"more than %1 subscribers play in other processes"_s.arg(seatCount));
    m_prompts.push_back(std::move(prompt));
    return int(m_prompts.size()) - 1;
}

Message Stage::prompt(const Message &call)
{
    Prompter::Answer prompt;
    {
        std::lock_guard lock(m_mutex);
        prompt = m_prompts.at(call[u"seat"_s].toUInt());
    }
    return prompt ? prompt(call) : Message();
}

Result<SubscriberId> Stage::subscribe(const QString &name, Namespace &home,
                                      const std::vector<Event> &events, SubscriberOptions options)
{
    std::lock_guard lock(m_mutex);
    const Result<SubscriberId> id = home.linker.subscribe(events, std::move(options));
    if (id)
        setKnown(name, home, *id);
    return id;
}

void Stage::introduce(const QString &name, Namespace &home, SubscriberId id)
{
    std::lock_guard lock(m_mutex);
    setKnown(name, home, id);
}

void Stage::setKnown(const QString &name, Namespace &home, SubscriberId id)
{
    m_subscribers[name] = {id, home.linker.subscriber(id), home.name};
    m_names[{home.name, id}] = name;
}

const Stage::Known &Stage::known(const QString &name) const
{
    std::lock_guard lock(m_mutex);
    const auto found = m_subscribers.find(name);
    if (found == m_subscribers.end())
        throw FormatError(u"the id \"%1\" was not given to a subscriber yet"_s.arg(name));
    return found->second;
}

SubscriberId Stage::subscriberId(const QJsonValue &name) const
{
    return name.isNull() ? SubscriberId{} : known(name.toString()).id;
}

SubscriberPointer Stage::subscriber(const QString &name) const
{
    return known(name).pointer;
}

Stage::Namespace &Stage::home(const QString &name)
{
    return linker(known(name).linker);
}

QString Stage::subscriberName(const Namespace &home, SubscriberId id) const
{
    std::lock_guard lock(m_mutex);
    const auto found = m_names.find({home.name, id});
    return found == m_names.end() ? u"(unknown subscriber %1)"_s.arg(number(id)) : found->second;
}

} // namespace Fanfare::Conformance
