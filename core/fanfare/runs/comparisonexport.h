// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/runs/comparisonreport.h>

namespace Fanfare {

/// What a comparison can be written as.
enum class ReportFormat : quint8 {
    Text,     ///< for a terminal
    Markdown, ///< GitHub's
    Json,     ///< jsonOf()
    Csv,      ///< csvOf()
    Html,     ///< a page of its own, with pictures
};

/// The format that the name of a file asks for: .txt, .md, .json or .csv; a page for all others.
/// [any]
ReportFormat reportFormatOf(const QString &path);

/// A comparison and what belongs to it. All references are borrowed.
struct ReportSource
{
    const Comparison &comparison;
    const Verdict &verdict;
    const QStringList &damages; ///< sentences about its files
    QString left;               ///< a file of side a, for the picture of a page; may be empty
    QString right;
};

/// \a source as \a format, in UTF-8. [any]; a page reads both files
QByteArray exported(const ReportSource &source, ReportFormat format);

/// A series of three and more sides: one table of all, and then each of \a pairs, whose side a is
/// the same base, in a part of its own. Of one pair it is what exported() says. JSON is one object
/// with a list "pairs". [any]; a page reads all files
QByteArray exportedSeries(const std::vector<ReportSource> &pairs, ReportFormat format);

/// The same in the file \a path, in the format of its ending; what was there is replaced as a
/// whole. Error: Unreadable, as the system says. [any], blocks
Result<void> writeReport(const std::vector<ReportSource> &pairs, const QString &path);
Result<void> writeReport(const ReportSource &source, const QString &path);

/// All tables of \a report as comma-separated values (RFC 4180): a line with the title of each
/// table and one with its header, an empty line between two.
QByteArray csvOf(const ComparisonReport &report);
QByteArray csvOf(const ReportTable &table); ///< title, header and rows alone

} // namespace Fanfare
