// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>

namespace Fanfare {

/// A page that needs nothing but itself: verdict, both timelines on one axis, where the time goes,
/// distributions, tables, environment. The timelines are read from the run files \a leftFile and
/// \a rightFile; one that cannot be read is left out. Light or dark as the reader has it. All text
/// that comes from plugins and files is escaped. [any], blocks.
QByteArray htmlOf(const Comparison &comparison, const ComparisonReport &report,
                  const QString &leftFile, const QString &rightFile);

/// One comparison of a series, as a part of a page.
struct PagePart
{
    QString anchor;   ///< "side-2"
    QString heading;  ///< "1 and 2: threads × 2 and processes × 4"
    QString headline; ///< the verdict, for the list at the beginning
    QString html;     ///< partHtml()
};

/// What htmlOf() shows of one comparison, without the page around it.
QString partHtml(const Comparison &comparison, const ComparisonReport &report,
                 const QString &leftFile, const QString &rightFile);

/// A page of several comparisons: \a sides, links to the \a parts, and these.
QByteArray seriesHtml(const QString &title, const ReportTable &sides,
                      const std::vector<PagePart> &parts);

} // namespace Fanfare
