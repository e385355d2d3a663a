// SPDX-License-Identifier: MIT
#include "fanfare/runs/comparisonreport.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

std::vector<const ReportTable *> tablesOf(const ComparisonReport &report)
{
    std::vector<const ReportTable *> tables{&report.runs, &report.phases, &report.handlers,
                                            &report.usage, &report.processes};
    std::erase_if(tables, [](const ReportTable *table) { return table->rows.isEmpty(); });
    return tables;
}

QStringList sentencesOf(const ComparisonReport &report)
{
    return report.structure + report.notes;
}

static QList<qsizetype> widthsOf(const ReportTable &table)
{
    QList<qsizetype> widths;
    for (const QString &cell : table.header)
        widths.append(cell.size());
    for (const QStringList &row : table.rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    return widths;
}

static QString textRow(const QStringList &cells, const QList<qsizetype> &widths)
{
    QString line = u"  "_s + cells.first().leftJustified(widths.first());
    for (qsizetype i = 1; i < cells.size(); ++i)
        line += u"  "_s + cells[i].rightJustified(widths[i]);
    while (line.endsWith(u' '))
        line.chop(1);
    return line + u'\n';
}

QString textOf(const ReportTable &table)
{
    const QList<qsizetype> widths = widthsOf(table);
    QString text = table.title + u'\n' + textRow(table.header, widths);
    for (const QStringList &row : table.rows)
        text += textRow(row, widths);
    return text;
}

QString textOf(const ComparisonReport &report)
{
    QString text = report.title + u"\n\n"_s + report.verdict.headline + u'\n';
    for (const QString &reason : report.verdict.reasons)
        text += reason + u'\n';
    for (const ReportTable *table : tablesOf(report))
        text += u'\n' + textOf(*table);
    const QStringList sentences = sentencesOf(report);
    if (!sentences.isEmpty())
        text += u'\n' + sentences.join(u'\n') + u'\n';
    return text;
}

static QString markdownRow(const QStringList &cells)
{
    QStringList escaped;
    for (QString cell : cells) {
        // "~" twice in a line would strike through what is between.
        escaped.append(cell.replace(u'|', u"\\|"_s).replace(u'~', u"\\~"_s));
    }
    return u"| "_s + escaped.join(u" | "_s) + u" |\n"_s;
}

QString markdownOf(const ReportTable &table)
{
    QStringList rule{u"---"_s};
    while (rule.size() < table.header.size())
        rule.append(u"---:"_s);
    QString text =
        u"\n### "_s + table.title + u"\n\n"_s + markdownRow(table.header) + markdownRow(rule);
    for (const QStringList &row : table.rows)
        text += markdownRow(row);
    return text;
}

QString markdownOf(const ComparisonReport &report)
{
    QString text = u"## "_s + report.title + u"\n\n**"_s + report.verdict.headline + u"**\n"_s;
    for (const QString &reason : report.verdict.reasons)
        text += u'\n' + reason + u'\n';
    for (const ReportTable *table : tablesOf(report))
        text += markdownOf(*table);
    const QStringList sentences = sentencesOf(report);
    for (const QString &sentence : sentences)
        text += u"\n- "_s + sentence;
    return text + (sentences.isEmpty() ? QString() : u"\n"_s);
}

} // namespace Fanfare
