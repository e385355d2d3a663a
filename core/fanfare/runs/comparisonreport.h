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
    ReportTable runs;     ///< what was run on each side, and what came out
    ReportTable handlers; ///< how each handler differs
    ReportTable phases;   ///< where the time of a mean task goes
    QStringList notes;    ///< what was not alike, what is damaged, what only one side has
};

/// Puts \a comparison and its \a verdict into words; \a damages are sentences about its files.
ComparisonReport reportOf(const Comparison &comparison, const Verdict &verdict,
                          const QStringList &damages = {});

/// For a terminal of a fixed-width font; the first column is to the left, all others to the right.
QString textOf(const ComparisonReport &report);

/// GitHub's Markdown.
QString markdownOf(const ComparisonReport &report);

/// One JSON object: "verdict", "a", "b", "handlers", "notes". Times are nanoseconds; keys
/// are only ever added.
QByteArray jsonOf(const Comparison &comparison, const Verdict &verdict,
                  const QStringList &damages = {});

} // namespace Fanfare
