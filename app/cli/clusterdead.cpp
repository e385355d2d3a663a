// SPDX-License-Identifier: MIT
#include "cli/clusterdead.h"

#include "cli/columns.h"
#include "cli/session.h"
#include "cli/wording.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static QString sessionText(ClusterSession session)
{
    return QString::number(number(session), 16).rightJustified(16, u'0');
}

/// What the word of the broker means, and what to do about it: two lines.
static QStringList explained(const QString &reason)
{
    if (reason == u"delivery_limit")
        return {u"every host that had it was lost, four in a row"_s,
                u"look for what ends a host, such as its memory, and correct the handler"_s};
    if (reason == u"expired")
        return {u"no host took it within --start-within"_s,
                u"start more hosts that have its plugin, or give it more time"_s};
    if (reason == u"rejected")
        return {u"a host could not read it"_s, u"run the same version of Fanfare everywhere"_s};
    if (reason == u"maxlen")
        return {u"its queue was full"_s, u"emit slower, or start more hosts"_s};
    return {u"the broker gave it up"_s, u"look this word up in the manual of RabbitMQ"_s};
}

static QStringList rowOf(const DeadTask &dead)
{
    const QString time =
        dead.time.isValid() ? dead.time.toLocalTime().toString(u"MM-dd HH:mm:ss"_s) : u"unknown"_s;
    if (!dead.task)
        return {time, printable(dead.reason), u"?"_s, u"unreadable"_s, u"?"_s};
    const TaskEnvelope &task = *dead.task;
    return {time, printable(dead.reason), u"#%1"_s.arg(number(task.origin.emission)),
            shortened(printable(task.handler), 24), sessionText(task.task.app)};
}

static void explainReasons(const DeadTasks &dead, Output &output)
{
    QStringList reasons;
    for (const DeadTask &task : dead.newest)
        reasons.append(task.reason);
    reasons.removeDuplicates();
    for (const QString &reason : reasons) {
        const QStringList lines = explained(reason);
        output.line(u"%1: %2;"_s.arg(printable(reason), lines.first()));
        output.line(u"  %1."_s.arg(lines.last()));
    }
}

void writeDeadTable(const DeadTasks &dead, const BrokerAddress &broker, Output &output)
{
    if (dead.count == 0) {
        output.line(u"No dead tasks at %1."_s.arg(printable(broker.text())));
        return;
    }
    const bool isPart = quint64(dead.newest.size()) < dead.count;
    output.line(u"%1 at %2%3"_s.arg(counted(dead.count, u"dead task"_s), printable(broker.text()),
                                    isPart ? u"; the last %1:"_s.arg(dead.newest.size()) : u":"_s));
    QList<QStringList> rows{{u"DIED"_s, u"REASON"_s, u"TASK"_s, u"HANDLER"_s, u"APP"_s}};
    for (const DeadTask &task : dead.newest)
        rows.append(rowOf(task));
    writeColumns(rows, output);
    output.line({});
    explainReasons(dead, output);
    output.line(u"They do not run again: emit them anew. The broker keeps them for 7 days;"_s);
    output.line(u"this forgets them now: rabbitmqctl purge_queue -p %1 %2"_s.arg(
        printable(broker.virtualHost), QLatin1StringView(deadTaskQueue)));
}

static QJsonObject jsonOf(const DeadTask &dead)
{
    QJsonObject json{{u"reason"_s, dead.reason}, {u"readable"_s, dead.task.has_value()}};
    if (dead.time.isValid())
        json[u"died"_s] = dead.time.toString(Qt::ISODate);
    if (!dead.task)
        return json;
    const TaskEnvelope &task = *dead.task;
    json[u"app"_s] = sessionText(task.task.app);
    json[u"task"_s] = qint64(task.task.number);
    json[u"emission"_s] = qint64(number(task.origin.emission));
    json[u"event"_s] = task.event;
    json[u"handler"_s] = task.handler;
    json[u"plugin"_s] = task.plugin;
    json[u"build"_s] = QString::fromLatin1(task.hash.toHex());
    json[u"idempotent"_s] = task.isIdempotent;
    return json;
}

void writeDeadJson(const DeadTasks &dead, const BrokerAddress &broker, Output &output)
{
    QJsonArray tasks;
    for (const DeadTask &task : dead.newest)
        tasks.append(jsonOf(task));
    const QJsonObject json{{u"type"_s, u"dead"_s},
                           {u"broker"_s, broker.text()},
                           {u"count"_s, qint64(dead.count)},
                           {u"tasks"_s, tasks}};
    output.buffer() += QJsonDocument(json).toJson(QJsonDocument::Compact);
    output.endLine();
}

int showDeadTasks(const BrokerAddress &address, const Options &options, Output &output)
{
    const Result<DeadTasks> dead = deadTasks(address, options.query.most);
    if (!dead) {
        complain(dead.error().message);
        return NotAllSucceeded;
    }
    if (options.json)
        writeDeadJson(*dead, address, output);
    else
        writeDeadTable(*dead, address, output);
    return Succeeded;
}

} // namespace Fanfare::Cli
