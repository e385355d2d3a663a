// SPDX-License-Identifier: MIT
#include "fanfare/runs/processusage.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <ctime>

#include <sys/types.h>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunUsage sumOf(const std::vector<ProcessUsage> &processes)
{
    RunUsage sum;
    for (const ProcessUsage &process : processes) {
        qint64 &memory = process.isWorker ? sum.workerMemory : sum.appMemory;
        memory = std::max(memory, process.peakMemory);
        sum.allMemory += process.peakMemory;
        sum.workers += process.isWorker ? process.count : 0;
        sum.cpu += process.cpu;
        sum.voluntary += process.voluntary;
        sum.involuntary += process.involuntary;
        sum.faults += process.faults;
        sum.ready += process.ready;
    }
    return sum;
}

static void addTo(ProcessUsage &sum, const ProcessUsage &process)
{
    sum.count += process.count;
    sum.cpu += process.cpu;
    sum.voluntary += process.voluntary;
    sum.involuntary += process.involuntary;
    sum.faults += process.faults;
    sum.ready += process.ready;
}

static bool isLargeWorker(const ProcessUsage &process, qint64 least)
{
    return process.isWorker && process.pid > 0 && process.peakMemory >= least;
}

std::vector<ProcessUsage> largestOf(std::vector<ProcessUsage> processes, size_t most)
{
    std::vector<qint64> peaks;
    for (const ProcessUsage &process : processes) {
        if (isLargeWorker(process, 0))
            peaks.push_back(process.peakMemory);
    }
    if (peaks.size() <= most)
        return processes;
    std::ranges::nth_element(peaks, peaks.begin() + qptrdiff(most), std::greater());
    const qint64 least = peaks[most] + 1; // of those alike none stays rather than one too many
    ProcessUsage rest{.isWorker = true, .count = 0};
    std::erase_if(processes, [&rest, least](const ProcessUsage &process) {
        const bool isSmall = process.isWorker && !isLargeWorker(process, least);
        if (isSmall)
            addTo(rest, process);
        return isSmall;
    });
    rest.name = u"%1 smaller workers"_s.arg(rest.count);
    processes.push_back(rest);
    return processes;
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

/// What stands in /proc/PID/stat behind the name, which may hold anything; see proc(5), which
/// counts from 3 there.
static QList<QByteArray> statOf(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    const QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return line.mid(line.lastIndexOf(')') + 2).split(' ');
}

static constexpr qsizetype minorFaults = 10 - 3;
static constexpr qsizetype childrenFaults = 11 - 3;
static constexpr qsizetype childrenUser = 16 - 3;
static constexpr qsizetype childrenSystem = 17 - 3;

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
    usage.faults = statOf(pid).value(minorFaults).toLongLong();
    return usage;
}

/// Nanoseconds that the thread of the folder \a path was ready and had no core; 0 where the kernel
/// does not count them.
static qint64 readyTimeOf(const QString &path)
{
    QFile file(path + u"/schedstat"_s);
    const QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return line.split(' ').value(1).toLongLong();
}

std::map<qint64, ThreadSwitches> switchesOf(qint64 pid)
{
    std::map<qint64, ThreadSwitches> threads;
    const QDir folder(u"/proc/%1/task"_s.arg(pid));
    for (const QString &thread : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QList<QByteArray> lines = linesOf(folder.filePath(thread + u"/status"_s));
        if (lines.size() > 1)
            threads[thread.toLongLong()] = {numberIn(lines, "voluntary_ctxt_switches:"),
                                            numberIn(lines, "nonvoluntary_ctxt_switches:"),
                                            readyTimeOf(folder.filePath(thread))};
    }
    return threads;
}

ChildrenUsage childrenUsageOf(qint64 pid)
{
    const QList<QByteArray> stat = statOf(pid);
    const qint64 ticks =
        stat.value(childrenUser).toLongLong() + stat.value(childrenSystem).toLongLong();
    return {ticks * 1'000'000'000 / sysconf(_SC_CLK_TCK), stat.value(childrenFaults).toLongLong()};
}

qint64 parentOf(qint64 pid)
{
    return numberIn(linesOf(u"/proc/%1/status"_s.arg(pid)), "PPid:");
}

} // namespace Fanfare
