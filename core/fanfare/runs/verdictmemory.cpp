// SPDX-License-Identifier: MIT
#include "fanfare/runs/verdictmemory.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Pages that the system handed out for a mean task; negative: not measured.
static double pagesPerTask(const RunSamples &run)
{
    qint64 pages = 0;
    for (const RunUsage &round : run.usages)
        pages += round.faults;
    const bool isMeasured = pages > 0 && run.usages.size() == run.walls.size();
    return isMeasured ? double(pages) / double(std::max<quint64>(1, run.tasks())) : -1;
}

QString pageClause(const RunSamples &better, const RunSamples &worse, double cpu)
{
    constexpr double cost = 500; // ns a page at least, with what is written into it first
    constexpr double matters = 0.2;
    const double more = pagesPerTask(worse);
    const double fewer = pagesPerTask(better);
    if (more < 0 || fewer < 0 || (more - fewer) * cost < matters * cpu)
        return {};
    return u", because the system hands out and clears %1 pages of memory for it, there %2"_s.arg(
        QLocale::c().toString(std::llround(more)), QLocale::c().toString(std::llround(fewer)));
}

/// KiB of all processes, the median round; 0: not measured.
static qint64 memoryOf(const RunSamples &run)
{
    std::vector<qint64> rounds;
    for (const RunUsage &round : run.usages)
        rounds.push_back(round.allMemory);
    return rounds.empty() ? 0 : Sample(std::move(rounds)).quantile(0.5);
}

QString memorySentence(const RunSamples &a, const RunSamples &b,
                       const std::pair<QString, QString> &names)
{
    const qint64 memoryA = memoryOf(a);
    const qint64 memoryB = memoryOf(b);
    constexpr double matters = 1.25;
    const bool isMore =
        double(std::max(memoryA, memoryB)) > matters * double(std::min(memoryA, memoryB));
    if (memoryA == 0 || memoryB == 0 || !isMore)
        return {};
    const auto words = [](qint64 memory) { return u"%1 MiB"_s.arg((memory + 512) / 1024); };
    const bool isA = memoryA > memoryB;
    return u"%1 takes %2 of memory for it, %3 %4."_s.arg(
        isA ? names.first : names.second, words(std::max(memoryA, memoryB)),
        isA ? names.second : names.first, words(std::min(memoryA, memoryB)));
}

} // namespace Fanfare
