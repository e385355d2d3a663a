// SPDX-License-Identifier: MIT
#include "fanfare/runs/processusage.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <ctime>

#include <sys/types.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunUsage sumOf(const std::vector<ProcessUsage> &processes)
{
    RunUsage sum;
    for (const ProcessUsage &process : processes) {
        qint64 &memory = process.isWorker ? sum.workerMemory : sum.appMemory;
        memory = std::max(memory, process.peakMemory);
        sum.allMemory += process.peakMemory;
        sum.workers += process.isWorker ? 1 : 0;
        sum.cpu += process.cpu;
        sum.voluntary += process.voluntary;
        sum.involuntary += process.involuntary;
    }
    return sum;
}

/// The file \a path of lines "key:\tvalue"; empty when it is gone.
static QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
}

/// The number behind \a key, 0 when it is not there.
static qint64 numberIn(const QList<QByteArray> &lines, QByteArrayView key)
{
    for (const QByteArray &line : lines) {
        if (line.startsWith(key))
            return line.mid(key.size()).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

/// Of all threads, to the nanosecond, unlike the ticks in /proc.
static qint64 cpuOf(qint64 pid)
{
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_t(pid), &clock) != 0 || clock_gettime(clock, &time) != 0)
        return -1;
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

ProcessUsage usageOf(qint64 pid)
{
    const QString folder = u"/proc/%1/"_s.arg(pid);
    ProcessUsage usage{.cpu = cpuOf(pid),
                       .peakMemory = numberIn(linesOf(folder + u"status"_s), "VmHWM:")};
    if (pid <= 0 || usage.cpu < 0 || usage.peakMemory == 0) // a zombie has no memory left
        return {};
    usage.pid = pid;
    const QDir threads(folder + u"task"_s);
    for (const QString &thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QList<QByteArray> lines = linesOf(threads.filePath(thread + u"/status"_s));
        usage.voluntary += numberIn(lines, "voluntary_ctxt_switches:");
        usage.involuntary += numberIn(lines, "nonvoluntary_ctxt_switches:");
    }
    return usage;
}

qint64 parentOf(qint64 pid)
{
    return numberIn(linesOf(u"/proc/%1/status"_s.arg(pid)), "PPid:");
}

} // namespace Fanfare
