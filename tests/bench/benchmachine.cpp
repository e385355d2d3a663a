// SPDX-License-Identifier: MIT
#include "benchmachine.h"

#include <QDateTime>
#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <cmath>
#include <sys/resource.h>
#include <unistd.h>

namespace Fanfare::Bench {

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static QString processorModel()
{
    const QByteArray text = contentOf(QStringLiteral("/proc/cpuinfo"));
    const qsizetype start = text.indexOf("model name");
    const qsizetype colon = text.indexOf(':', start);
    if (start < 0 || colon < 0)
        return QStringLiteral("unknown");
    return QString::fromUtf8(text.mid(colon + 1, text.indexOf('\n', colon) - colon - 1)).trimmed();
}

static double cpuSeconds(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

MachineWatch::MachineWatch()
    : m_start(now())
{
}

MachineWatch::Times MachineWatch::now()
{
    const QByteArray line = contentOf(QStringLiteral("/proc/stat")).split('\n').front();
    const QList<QByteArray> fields = line.simplified().split(' ');
    const auto tick = double(sysconf(_SC_CLK_TCK));
    Times times;
    for (qsizetype i = 1; i < qMin<qsizetype>(fields.size(), 9); ++i) // guests count twice after it
        times.total += fields[i].toDouble() / tick;
    if (fields.size() > 5) // 4: idle, 5: waiting for a disk
        times.idle = (fields[4].toDouble() + fields[5].toDouble()) / tick;
    times.own = cpuSeconds(RUSAGE_SELF) + cpuSeconds(RUSAGE_CHILDREN);
    return times;
}

QJsonObject MachineWatch::describe() const
{
    const Times end = now();
    const double passed = end.total - m_start.total;
    const double others = passed - (end.idle - m_start.idle) - (end.own - m_start.own);
    const double percent = passed > 0 ? qMax(0.0, 100 * others / passed) : 0;
    return {{QStringLiteral("processors"), QThread::idealThreadCount()},
            {QStringLiteral("model"), processorModel()},
            {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
            {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("date"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {QStringLiteral("othersPercent"), std::round(10 * percent) / 10}};
}

} // namespace Fanfare::Bench
