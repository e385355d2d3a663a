// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonexport.h"

#include "fanfare/runs/comparisonhtml.h"

#include <QFileInfo>
#include <QSaveFile>

namespace Fanfare {

using namespace Qt::StringLiterals;

ReportFormat reportFormatOf(const QString &path)
{
    static const std::pair<QString, ReportFormat> endings[] = {{u"txt"_s, ReportFormat::Text},
                                                               {u"md"_s, ReportFormat::Markdown},
                                                               {u"json"_s, ReportFormat::Json},
                                                               {u"csv"_s, ReportFormat::Csv}};
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const auto &[ending, format] : endings) {
        if (suffix == ending)
            return format;
    }
    return ReportFormat::Html;
}

QByteArray exported(const ReportSource &source, ReportFormat format)
{
    const ComparisonReport report = reportOf(source.comparison, source.verdict, source.damages);
    switch (format) {
    case ReportFormat::Text:
        return textOf(report).toUtf8();
    case ReportFormat::Markdown:
        return markdownOf(report).toUtf8();
    case ReportFormat::Json:
        return jsonOf(source.comparison, source.verdict, source.damages);
    case ReportFormat::Csv:
        return csvOf(report);
    case ReportFormat::Html:
        break;
    }
    return htmlOf(source.comparison, report, source.left, source.right);
}

Result<void> writeReport(const ReportSource &source, const QString &path)
{
    return writeReport(std::vector<ReportSource>{source}, path);
}

Result<void> writeReport(const std::vector<ReportSource> &pairs, const QString &path)
{
    const QByteArray bytes = exportedSeries(pairs, reportFormatOf(path));
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return Error{ErrorCode::Unreadable,
                 u"The report cannot be written to %1: %2. Choose another place."_s.arg(
                     path, file.errorString())};
}

/// A cell that begins like a formula is one to a spreadsheet; ours are numbers with a sign, or
/// names that plugins chose.
static QString csvCell(const QString &text)
{
    static const QString formulas = u"=@"_s;
    const bool isFormula = !text.isEmpty() && formulas.contains(text.front());
    QString cell = isFormula ? u'\'' + text : text;
    const bool needsQuotes =
        cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r');
    return needsQuotes ? u'"' + cell.replace(u'"', u"\"\""_s) + u'"' : cell;
}

static QString csvLine(const QStringList &cells)
{
    QStringList written;
    for (const QString &cell : cells)
        written.append(csvCell(cell));
    return written.join(u',') + u"\r\n"_s;
}

static QString csvText(const ReportTable &table)
{
    QString csv = csvLine({table.title}) + csvLine(table.header);
    for (const QStringList &row : table.rows)
        csv += csvLine(row);
    return csv;
}

QByteArray csvOf(const ReportTable &table)
{
    return csvText(table).toUtf8();
}

QByteArray csvOf(const ComparisonReport &report)
{
    QString csv = csvLine({report.title});
    csv += csvLine({u"verdict"_s, report.verdict.headline});
    for (const QString &reason : report.verdict.reasons)
        csv += csvLine({u"reason"_s, reason});
    for (const ReportTable *table : tablesOf(report))
        csv += u"\r\n"_s + csvText(*table);
    const QStringList sentences = sentencesOf(report);
    if (!sentences.isEmpty())
        csv += u"\r\n"_s;
    for (const QString &sentence : sentences)
        csv += csvLine({u"note"_s, sentence});
    return csv.toUtf8();
}

} // namespace Fanfare
