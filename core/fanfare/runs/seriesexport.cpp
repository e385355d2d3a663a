// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonexport.h"

#include "fanfare/runs/comparisonhtml.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// A pair and its place in the series.
struct Part
{
    const ReportSource &source;
    QString number; ///< of side b; that of side a is 1
    ComparisonReport report;

    QString heading() const
    {
        return u"1 and %1: %2 and %3"_s.arg(number, configurationName(source.comparison.a->info),
                                            configurationName(source.comparison.b->info));
    }
};

} // namespace

static std::vector<Part> partsOf(const std::vector<ReportSource> &pairs)
{
    std::vector<Part> parts;
    for (const ReportSource &pair : pairs) {
        parts.push_back({pair, QString::number(parts.size() + 2),
                         reportOf(pair.comparison, pair.verdict, pair.damages)});
    }
    return parts;
}

static QString titleOf(const std::vector<ReportSource> &pairs)
{
    const QString label = pairs.front().comparison.a->info.label;
    const QString sides = u"%1 sides compared with the first"_s.arg(pairs.size() + 1);
    return label.isEmpty() ? sides : label + u": "_s + sides;
}

static QByteArray jsonOf(const std::vector<ReportSource> &pairs)
{
    QByteArray json;
    for (const ReportSource &pair : pairs) {
        json += json.isEmpty() ? "" : ",";
        json += jsonOf(pair.comparison, pair.verdict, pair.damages).trimmed();
    }
    return "{\"pairs\":[" + json + "]}\n";
}

static QByteArray pageOf(const QString &title, const ReportTable &sides,
                         const std::vector<Part> &parts)
{
    std::vector<PagePart> pageParts;
    for (const Part &part : parts) {
        const ReportSource &source = part.source;
        pageParts.push_back({u"side-"_s + part.number, part.heading(), source.verdict.headline,
                             partHtml(source.comparison, part.report, source.left, source.right)});
    }
    return seriesHtml(title, sides, pageParts);
}

QByteArray exportedSeries(const std::vector<ReportSource> &pairs, ReportFormat format)
{
    if (pairs.empty())
        return {};
    if (pairs.size() == 1)
        return exported(pairs.front(), format);
    if (format == ReportFormat::Json)
        return jsonOf(pairs);
    std::vector<SidePair> sides;
    for (const ReportSource &pair : pairs)
        sides.push_back({&pair.comparison, &pair.verdict});
    const QString title = titleOf(pairs);
    const ReportTable table = sideTable(sides);
    const std::vector<Part> parts = partsOf(pairs);
    if (format == ReportFormat::Html)
        return pageOf(title, table, parts);

    const bool isMarkdown = format == ReportFormat::Markdown;
    const bool isCsv = format == ReportFormat::Csv;
    QByteArray text = isMarkdown ? "# " + title.toUtf8() + '\n' + markdownOf(table).toUtf8()
        : isCsv                  ? csvOf(table)
                                 : title.toUtf8() + "\n\n" + textOf(table).toUtf8();
    for (const Part &part : parts) {
        const QByteArray heading = part.heading().toUtf8();
        text += isMarkdown ? "\n## " + heading + "\n\n" + markdownOf(part.report).toUtf8()
            : isCsv        ? "\r\n" + csvOf(part.report)
                           : "\n\n" + heading + '\n' + textOf(part.report).toUtf8();
    }
    return text;
}

} // namespace Fanfare
