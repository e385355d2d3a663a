// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/verdict.h>

#include <QByteArray>
#include <QStringList>

namespace Fanfare {

/// A table in words: as many cells in every row as in the header.
struct ReportTable
{
    QString title;
    QStringList header;
    QList<QStringList> rows;
};

/// A comparison, ready to be read. Every form of it says the same.
struct ComparisonReport
{
    QString title;
    Verdict verdict;
    ReportTable runs;      ///< what was run on each side, and what came out
    ReportTable handlers;  ///< how each handler differs
    ReportTable phases;    ///< where the time of a mean task goes
    ReportTable usage;     ///< what the processes took of memory, CPU time and context switches
    ReportTable processes; ///< the same of each of them
    QStringList structure; ///< handlers that were called more often, or in another order
    QStringList notes;     ///< what was not alike, what is damaged, what only one side has
};

/// Puts \a comparison and its \a verdict into words; \a damages are sentences about its files.
ComparisonReport reportOf(const Comparison &comparison, const Verdict &verdict,
                          const QStringList &damages = {});

/// One of the comparisons of a series; both are borrowed.
struct SidePair
{
    const Comparison *comparison = nullptr;
    const Verdict *verdict = nullptr;
};

/// All sides of a series in one table: the side a that all of \a pairs share is number 1, the base;
/// each b has a row of its own, with its time against that of the base. Empty without pairs.
ReportTable sideTable(const std::vector<SidePair> &pairs);

/// The tables of \a report that have rows, in the order in which they are read.
std::vector<const ReportTable *> tablesOf(const ComparisonReport &report);

/// Structure and notes of \a report: everything that is said outside of its tables.
QStringList sentencesOf(const ComparisonReport &report);

/// How a handler is called in a report: "checksum/Checksum".
QString handlerName(const HandlerKey &key);

/// For a terminal of a fixed-width font; the first column is to the left, all others to the right.
QString textOf(const ComparisonReport &report);
QString textOf(const ReportTable &table);

/// GitHub's Markdown.
QString markdownOf(const ComparisonReport &report);
QString markdownOf(const ReportTable &table);

/// One JSON object: "verdict", "a", "b", "handlers", "usage", "orders", "notes". Times are
/// nanoseconds; keys are only ever added.
QByteArray jsonOf(const Comparison &comparison, const Verdict &verdict,
                  const QStringList &damages = {});

} // namespace Fanfare
