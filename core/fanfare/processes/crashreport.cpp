// SPDX-License-Identifier: MIT
#include "fanfare/processes/crashreport.h"

#include <fanfare/base/signalname.h>

#include <QCborArray>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString hex(quint64 number)
{
    return u"0x%1"_s.arg(number, 0, 16);
}

static void insertText(QCborMap &map, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        map.insert(key, text);
}

static void insertNumber(QCborMap &map, const QString &key, qint64 number)
{
    if (number != 0)
        map.insert(key, number);
}

static QCborMap toMap(const CrashFrame &frame)
{
    QCborMap map{{u"address"_s, hex(frame.address)}};
    if (!frame.module.isEmpty()) {
        map.insert(u"module"_s, frame.module);
        map.insert(u"offset"_s, hex(frame.offset));
    }
    if (!frame.function.isEmpty()) {
        map.insert(u"function"_s, frame.function);
        map.insert(u"distance"_s, hex(frame.distance));
    }
    return map;
}

static void insertEnd(QCborMap &map, const CrashReport &report)
{
    if (report.signal == 0) {
        map.insert(u"exitCode"_s, report.exitCode);
        return;
    }
    map.insert(u"signal"_s, report.signal);
    map.insert(u"signalName"_s, signalName(report.signal));
    if (report.pc == 0)
        return;
    map.insert(u"signalCode"_s, report.signalCode);
    map.insert(u"address"_s, hex(report.address));
    map.insert(u"pc"_s, hex(report.pc));
    QCborArray frames;
    for (const CrashFrame &frame : report.frames)
        frames.append(toMap(frame));
    map.insert(u"frames"_s, frames);
}

static void insertTask(QCborMap &map, const CrashReport &report)
{
    if (number(report.task.emission) == 0)
        return;
    insertText(map, u"plugin"_s, report.handler.plugin);
    insertText(map, u"pluginPath"_s, report.handler.path);
    insertText(map, u"pluginHash"_s, QString::fromLatin1(report.handler.hash.toHex()));
    insertText(map, u"handler"_s, report.handler.handler);
    insertText(map, u"event"_s, report.event);
    map.insert(u"emission"_s, qint64(number(report.task.emission)));
    map.insert(u"index"_s, report.task.index);
    map.insert(u"attempt"_s, report.attempt);
    insertText(map, u"arguments"_s, QString::fromLatin1(report.argumentsDigest.toHex()));
    map.insert(u"byHandler"_s, report.isByHandler);
}

QCborMap toMap(const CrashReport &report)
{
    QCborMap map{{u"code"_s, report.code}, {u"text"_s, report.text}};
    insertEnd(map, report);
    insertTask(map, report);
    if (!report.lines.isEmpty())
        map.insert(u"lines"_s, QCborArray::fromStringList(report.lines));
    insertText(map, u"errors"_s, report.errors);
    insertNumber(map, u"pid"_s, report.pid);
    insertText(map, u"time"_s, report.time.toUTC().toString(Qt::ISODateWithMs));
    insertNumber(map, u"uptime"_s, report.uptime);
    insertNumber(map, u"peakMemory"_s, report.peakMemory);
    return map;
}

} // namespace Fanfare
