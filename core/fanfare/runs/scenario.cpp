// SPDX-License-Identifier: MIT
#include "fanfare/runs/scenario.h"

#include "fanfare/runs/jsonreading.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

quint64 Scenario::emissions() const
{
    quint64 sum = 0;
    for (const ScenarioPart &part : parts)
        sum += part.count;
    return sum;
}

static constexpr double maximumCount = 1'000'000;              // of one part
static constexpr double maximumRate = 1'000'000;               // emissions a second
static constexpr double maximumPause = 86'400'000;             // ms, a day
static constexpr double maximumSeed = 9'007'199'254'740'992.0; // 2^53
static constexpr double maximumWarmUp = 3'600'000;             // ms
static constexpr double maximumDeadline = 86'400'000;          // ms, a day
static constexpr double maximumConcurrency = 100'000;          // emissions

static quint32 readConcurrency(JsonReading &json)
{
    return quint32(json.whole(u"concurrency"_s, 0, 0, maximumConcurrency));
}

static ScenarioPart readPart(JsonReading &json)
{
    ScenarioPart part;
    part.event = json.requiredText(u"event"_s);
    part.count = quint64(json.whole(u"count"_s, 1, 1, maximumCount));
    part.rate = json.number(u"rate"_s, 0, 0, maximumRate);
    part.concurrency = readConcurrency(json);
    part.taskDeadline =
        std::chrono::milliseconds(qint64(json.whole(u"taskDeadlineMs"_s, 0, 0, maximumDeadline)));
    part.pause =
        std::chrono::nanoseconds(std::llround(json.number(u"pauseMs"_s, 0, 0, maximumPause) * 1e6));
    part.arguments = json.list(u"arguments"_s);
    part.named = json.object(u"named"_s);
    part.fields = json.object(u"fields"_s);
    if (!part.fields.isUndefined() && !(part.arguments.isUndefined() && part.named.isUndefined())) {
        json.refuse(u"fields"_s,
                    u"a typed event takes no \"arguments\" and no \"named\" besides; "
                    "leave one of them out"_s);
    }
    json.refuseUnknownKeys();
    return part;
}

static void readParts(JsonReading &json, Scenario &scenario)
{
    const QJsonArray entries = json.list(u"emissions"_s).toArray();
    if (entries.isEmpty())
        json.refuse(u"emissions"_s, u"there must be a list with at least one entry"_s);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        JsonReading entry = json.entry(u"emissions"_s, i);
        scenario.parts.push_back(readPart(entry));
        if (scenario.order == ScenarioOrder::Mixed && scenario.parts.back().pause.count() > 0)
            entry.refuse(u"pauseMs"_s, u"entries in a mixed order have no pause; leave it out"_s);
        json.adopt(entry);
    }
}

static ScenarioOrder readOrder(JsonReading &json)
{
    const QString order = json.text(u"order"_s, u"sequence"_s);
    if (order != u"sequence" && order != u"mixed")
        json.refuse(u"order"_s, u"it is \"sequence\" or \"mixed\""_s);
    return order == u"mixed" ? ScenarioOrder::Mixed : ScenarioOrder::Sequence;
}

static Error invalid(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

Result<Scenario> parseScenario(const QByteArray &bytes, const QString &folder)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        return invalid(u"The scenario is no valid JSON at byte %1: %2."_s.arg(error.offset)
                           .arg(error.errorString()));
    }
    if (!document.isObject())
        return invalid(u"A scenario is a JSON object, and this is a list."_s);
    JsonReading json(document.object());
    const double version = json.number(u"scenario"_s, 0, 0, maximumSeed);
    if (json.error().isEmpty() && version != 1) {
        return Error{ErrorCode::Unsupported,
                     u"\"scenario\" says version %1, and this Fanfare plays version 1; write "
                     "\"scenario\": 1."_s.arg(version)};
    }
    Scenario scenario{.source = bytes, .folder = folder};
    scenario.name = json.text(u"name"_s, {});
    scenario.seed = quint64(json.whole(u"seed"_s, 1, 0, maximumSeed));
    scenario.warmUp = std::chrono::nanoseconds(
        std::llround(json.number(u"warmUpMs"_s, 0, 0, maximumWarmUp) * 1e6));
    scenario.deadline = std::chrono::nanoseconds(
        std::llround(json.number(u"deadlineMs"_s, 0, 0, maximumDeadline) * 1e6));
    scenario.concurrency = readConcurrency(json);
    scenario.order = readOrder(json);
    readParts(json, scenario);
    json.refuseUnknownKeys();
    if (!json.error().isEmpty())
        return invalid(json.error());
    return scenario;
}

Result<Scenario> readScenario(const QString &path)
{
    constexpr qint64 maximumSize = 16 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::Unreadable,
                     u"The scenario %1 cannot be read: %2."_s.arg(path, file.errorString())};
    }
    const QByteArray bytes = file.read(maximumSize + 1);
    if (bytes.size() > maximumSize)
        return invalid(u"The scenario %1 is above 16 MiB; make it smaller."_s.arg(path));
    Result<Scenario> scenario = parseScenario(bytes, QFileInfo(path).absolutePath());
    if (!scenario)
        return Error{scenario.error().code, u"%1: %2"_s.arg(path, scenario.error().message)};
    scenario->file = path;
    if (scenario->name.isEmpty())
        scenario->name = QFileInfo(path).completeBaseName();
    return scenario;
}

} // namespace Fanfare
