// SPDX-License-Identifier: MIT
#include "scenariorecorder.h"

#include "desktop/session.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

ScenarioRecorder::ScenarioRecorder(Session &session, QObject *parent, QuietTime::Clock clock)
    : QObject(parent)
    , m_quiet(session, nullptr, std::move(clock))
{
    connect(&session, &Session::emitted, this, &ScenarioRecorder::take);
}

void ScenarioRecorder::start()
{
    m_emissions = {};
    m_isRecording = true;
    Q_EMIT recorded(0);
}

void ScenarioRecorder::stop()
{
    m_isRecording = false;
}

void ScenarioRecorder::take(EmissionId /*first*/, const EmitCommand &command)
{
    const std::chrono::milliseconds pause = m_quiet.take();
    if (!m_isRecording)
        return;
    QJsonObject entry = scenarioEntry(command);
    if (!m_emissions.isEmpty() && pause.count() > 0)
        entry.insert(u"pauseMs"_s, qint64(pause.count()));
    m_emissions.append(entry);
    Q_EMIT recorded(count());
}

static bool haveSameFields(const QList<Arguments> &arguments)
{
    return std::ranges::all_of(arguments, [&arguments](const Arguments &one) {
        return one.positional.isEmpty() && one.named.isEmpty()
            && one.eventFields().keys() == arguments.first().eventFields().keys();
    });
}

/// {"ms": {"$cycle": [1, 2, 3]}}; a field that is always the same stays as it is.
static QJsonObject cycledFields(const QList<Arguments> &arguments)
{
    QJsonObject fields;
    for (const QCborValue &key : arguments.first().eventFields().keys()) {
        QJsonArray values;
        for (const Arguments &one : arguments)
            values.append(one.eventFields().value(key).toJsonValue());
        const bool isConstant = std::ranges::all_of(
            values, [&values](const QJsonValue &value) { return value == values.first(); });
        fields.insert(key.toString(),
                      isConstant ? values.first() : QJsonValue(QJsonObject{{u"$cycle"_s, values}}));
    }
    return fields;
}

QJsonObject scenarioEntry(const EmitCommand &command)
{
    QJsonObject entry{{u"event"_s, command.event}};
    if (command.count != 1)
        entry.insert(u"count"_s, qint64(command.count));
    if (command.rate > 0)
        entry.insert(u"rate"_s, command.rate);
    if (command.concurrency > 0)
        entry.insert(u"concurrency"_s, qint64(command.concurrency));
    if (command.deadline.count() > 0)
        entry.insert(u"taskDeadlineMs"_s, qint64(command.deadline.count()));
    if (command.arguments.isEmpty())
        return entry;
    const Arguments &first = command.arguments.first();
    if (!first.positional.isEmpty())
        entry.insert(u"arguments"_s, first.positional.toJsonArray());
    if (!first.named.isEmpty())
        entry.insert(u"named"_s, first.named.toJsonObject());
    if (!first.eventFields().isEmpty()) {
        entry.insert(u"fields"_s,
                     haveSameFields(command.arguments) ? cycledFields(command.arguments)
                                                       : first.eventFields().toJsonObject());
    }
    return entry;
}

QByteArray ScenarioRecorder::json(const QString &name) const
{
    const QJsonObject scenario{
        {u"scenario"_s, 1}, {u"name"_s, name}, {u"emissions"_s, m_emissions}};
    return QJsonDocument(scenario).toJson(QJsonDocument::Indented);
}

} // namespace Fanfare
