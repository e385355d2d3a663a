// SPDX-License-Identifier: MIT
#include "commandtext.h"

#include "panes/argumentsjson.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/ipc/taskrecords.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString oneLine(const Arguments &arguments)
{
    QStringList parts;
    if (!arguments.fields.isEmpty())
        parts.append(compactJson(arguments.fields));
    if (!arguments.positional.isEmpty())
        parts.append(compactJson(arguments.positional));
    if (!arguments.named.isEmpty())
        parts.append(compactJson(arguments.named));
    return parts.join(u' ');
}

QString argumentsPreview(const EmitCommand &command, qsizetype length)
{
    if (command.arguments.isEmpty())
        return {};
    const QString text = oneLine(command.arguments.constFirst());
    return text.size() <= length ? text : text.left(length - 1) + u'…';
}

/// In single quotes nothing means anything to a shell, but a single quote.
static QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// Where it runs.
static QStringList placeWords(const EngineOptions &engine)
{
    QStringList words{u"--executor"_s, executorName(engine.executor)};
    if (engine.executor == ExecutorKind::Cluster) {
        words << u"--broker"_s << quoted(engine.broker.url);
        if (!engine.broker.passwordFile.isEmpty())
            words << u"--broker-password-file"_s << quoted(engine.broker.passwordFile);
        if (engine.broker.allowsPlainText)
            words << u"--broker-plain-text"_s;
    } else if (engine.workers > 0) {
        words << u"--workers"_s << QString::number(engine.workers);
    }
    return words;
}

QString shellCommand(const EmitCommand &command, const EngineOptions &engine)
{
    QStringList words{u"fanfare-cli"_s, u"emit"_s, quoted(command.event)};
    const Arguments first = command.arguments.value(0);
    if (!first.positional.isEmpty())
        words << u"--args"_s << quoted(compactJson(first.positional));
    if (!first.named.isEmpty())
        words << u"--named"_s << quoted(compactJson(first.named));
    if (!first.fields.isEmpty())
        words << u"--fields"_s << quoted(compactJson(first.fields));
    if (command.count != 1)
        words << u"--count"_s << QString::number(command.count);
    if (command.rate > 0)
        words << u"--rate"_s << QString::number(command.rate);
    if (command.concurrency > 0)
        words << u"--concurrency"_s << QString::number(command.concurrency);
    if (command.deadline.count() > 0)
        words << u"--deadline"_s << QString::number(command.deadline.count());
    return (words + placeWords(engine)).join(u' ');
}

QString planCommand(const QString &path, const EngineOptions &engine)
{
    const QStringList words{u"fanfare-cli"_s, u"emit"_s, u"--plan"_s, quoted(path)};
    return (words + placeWords(engine)).join(u' ');
}

static QJsonObject entryOf(const EmitCommand &command, const Arguments &arguments, quint64 count)
{
    QJsonObject entry{{u"event"_s, command.event}, {u"count"_s, qint64(count)}};
    if (command.rate > 0)
        entry.insert(u"rate"_s, command.rate);
    if (command.concurrency > 0)
        entry.insert(u"concurrency"_s, qint64(command.concurrency));
    if (command.deadline.count() > 0)
        entry.insert(u"taskDeadlineMs"_s, qint64(command.deadline.count()));
    if (!arguments.positional.isEmpty())
        entry.insert(u"arguments"_s, arguments.positional.toJsonArray());
    if (!arguments.named.isEmpty())
        entry.insert(u"named"_s, arguments.named.toJsonObject());
    if (!arguments.fields.isEmpty())
        entry.insert(u"fields"_s, arguments.fields.toJsonObject());
    return entry;
}

QByteArray scenarioOf(const QList<TimedCommand> &commands, const QString &name)
{
    QJsonArray entries;
    for (const auto &[command, pause] : commands) {
        const auto kinds = quint64(std::max<qsizetype>(1, command.arguments.size()));
        for (quint64 kind = 0; kind < std::min(kinds, command.count); ++kind) {
            // Emission k carries arguments[k % kinds].
            const quint64 count = command.count / kinds + (kind < command.count % kinds ? 1 : 0);
            QJsonObject entry = entryOf(command, command.arguments.value(qsizetype(kind)), count);
            const auto ms = std::chrono::floor<std::chrono::milliseconds>(pause).count();
            if (kind == 0 && ms > 0 && !entries.isEmpty())
                entry.insert(u"pauseMs"_s, qint64(ms));
            entries.append(entry);
        }
    }
    const QJsonObject scenario{{u"scenario"_s, 1}, {u"name"_s, name}, {u"emissions"_s, entries}};
    return QJsonDocument(scenario).toJson();
}

QByteArray bytesOf(const EmitCommand &command)
{
    QCborArray arguments;
    for (const Arguments &each : command.arguments)
        arguments.append(encodeArguments(each));
    return QCborValue(QCborMap{{u"event"_s, command.event},
                               {u"count"_s, qint64(command.count)},
                               {u"rate"_s, command.rate},
                               {u"concurrency"_s, qint64(command.concurrency)},
                               {u"deadlineMs"_s, qint64(command.deadline.count())},
                               {u"arguments"_s, arguments}})
        .toCbor();
}

std::optional<EmitCommand> commandFrom(const QByteArray &bytes)
{
    const QCborMap map = QCborValue::fromCbor(bytes).toMap();
    EmitCommand command{
        .event = map.value(u"event"_s).toString(),
        .count = quint64(std::max<qint64>(0, map.value(u"count"_s).toInteger())),
        .rate = map.value(u"rate"_s).toDouble(),
        .concurrency = quint32(std::clamp<qint64>(map.value(u"concurrency"_s).toInteger(), 0,
                                                  EmitCommand::maximumConcurrency)),
        .deadline = std::chrono::milliseconds(std::clamp<qint64>(
            map.value(u"deadlineMs"_s).toInteger(), 0, EmitCommand::maximumDeadline.count()))};
    for (const QCborValue each : map.value(u"arguments"_s).toArray()) {
        std::optional<Arguments> arguments = decodeArguments(each.toByteArray());
        if (!arguments)
            return {};
        command.arguments.append(*std::move(arguments));
    }
    if (command.event.isEmpty() || command.count == 0)
        return {};
    return command;
}

} // namespace Fanfare
