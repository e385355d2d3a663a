// SPDX-License-Identifier: MIT
#include "crashtext.h"

#include "durationtext.h"

#include <QCborArray>
#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::CrashReport)
};

QString joined(QStringList parts, const QString &separator)
{
    parts.removeAll(QString());
    return parts.join(separator);
}

/// "SIGSEGV at address 0x8, code at 0x7f12", or "exit code 3".
QString endText(const QCborMap &report)
{
    if (report.contains(u"exitCode"_s))
        return Word::tr("exit code %1").arg(report[u"exitCode"_s].toInteger());
    QString text = report[u"signalName"_s].toString();
    if (const QString address = report[u"address"_s].toString(); !address.isEmpty())
        text += Word::tr(", address %1").arg(address);
    if (const QString code = report[u"pc"_s].toString(); !code.isEmpty())
        text += Word::tr(", code at %1").arg(code);
    return text;
}

QString processText(const QCborMap &report)
{
    QStringList parts;
    if (const qint64 pid = report[u"pid"_s].toInteger(); pid > 0)
        parts.append(Word::tr("pid %1").arg(pid));
    if (const qint64 uptime = report[u"uptime"_s].toInteger(); uptime > 0)
        parts.append(Word::tr("lived %1").arg(durationText(uptime)));
    if (const qint64 memory = report[u"peakMemory"_s].toInteger(); memory > 0)
        parts.append(Word::tr("at most %1").arg(memoryText(quint64(memory))));
    if (const qsizetype earlier = report[u"earlier"_s].toArray().size(); earlier > 0)
        parts.append(Word::tr("%1 attempts before").arg(earlier));
    return parts.join(u" · "_s);
}

/// "crashHere() +0x12 (chaos.so)"; of what has no name the offset in its file.
QString frameText(const QCborMap &frame)
{
    const QString file = frame[u"module"_s].toString().section(u'/', -1);
    const QString function = frame[u"function"_s].toString();
    if (!function.isEmpty())
        return u"%1 +%2 (%3)"_s.arg(function, frame[u"distance"_s].toString(), file);
    if (!file.isEmpty())
        return u"%1 +%2"_s.arg(file, frame[u"offset"_s].toString());
    return frame[u"address"_s].toString();
}

QString stackText(const QCborMap &report)
{
    QStringList lines;
    for (const QCborValue frame : report[u"frames"_s].toArray())
        lines.append(u"%1  %2"_s.arg(lines.size(), 2).arg(frameText(frame.toMap())));
    return lines.isEmpty() ? QString() : Word::tr("Stack:") + u'\n' + lines.join(u'\n');
}

QString printedText(const QCborMap &report)
{
    constexpr qsizetype shown = 10;
    const QCborArray lines = report[u"lines"_s].toArray();
    QStringList texts;
    for (qsizetype i = qMax<qsizetype>(0, lines.size() - shown); i < lines.size(); ++i)
        texts.append(lines.at(i).toString());
    if (const QString errors = report[u"errors"_s].toString().trimmed(); !errors.isEmpty())
        texts += errors.split(u'\n').mid(qMax<qsizetype>(0, errors.count(u'\n') + 1 - shown));
    return texts.isEmpty() ? QString() : Word::tr("Printed last:") + u'\n' + texts.join(u'\n');
}

} // namespace

QString crashText(const QCborMap &report)
{
    const QString head =
        joined({report[u"text"_s].toString(), endText(report), processText(report)}, u"\n"_s);
    return joined({head, stackText(report), printedText(report)}, u"\n\n"_s);
}

} // namespace Fanfare
