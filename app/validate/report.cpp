// SPDX-License-Identifier: MIT
#include "validate/report.h"

#include "validate/checklist.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Fanfare::Validate {

static QString counted(qsizetype count, const QString &thing)
{
    return u"%1 %2%3"_qs.arg(QString::number(count), thing, count == 1 ? QString() : u"s"_qs);
}

/// Foreign text, which shall not look like a report of ours.
static QString indented(const QString &text)
{
    QString lines;
    for (const QString &line : text.split(u'\n'))
        lines += u"      │ %1\n"_qs.arg(line);
    return lines;
}

static QString again(const Verdict &verdict, const Options &options, const Finding &finding)
{
    QString command = u"fanfare-validate --seed %1"_qs.arg(options.seed);
    if (options.runs != Options().runs)
        command += u" --runs %1"_qs.arg(options.runs);
    if (!finding.handler.isEmpty())
        command += u" --handler '%1'"_qs.arg(finding.handler);
    return command + u" '%1'"_qs.arg(verdict.path);
}

static QString paragraph(const Verdict &verdict, const Options &options, const Finding &finding)
{
    const QString where = finding.handler.isEmpty() ? QString() : finding.handler + u": "_qs;
    QString text = u"  %1  %2%3"_qs.arg(finding.code, where, finding.message);
    text += text.endsWith(u'.') ? u"\n"_qs : u".\n"_qs;
    if (!finding.wayOut.isEmpty())
        text += u"      %1.\n"_qs.arg(finding.wayOut);
    if (!finding.payload.isEmpty())
        text += u"      Arguments: %1\n"_qs.arg(finding.payload);
    if (!finding.detail.isEmpty())
        text += indented(finding.detail);
    if (!finding.handler.isEmpty())
        text += u"      Again: %1\n"_qs.arg(again(verdict, options, finding));
    return text;
}

QString textReport(const Verdict &verdict, const Options &options)
{
    QString text = verdict.path + u": "_qs;
    if (verdict.findings.isEmpty())
        text += u"valid; %1 run, seed %2"_qs.arg(counted(verdict.handlers.size(), u"handler"_qs),
                                                 QString::number(options.seed));
    else
        text += counted(verdict.findings.size(), u"finding"_qs);
    if (!verdict.spared.isEmpty())
        text += u"; not run, because the metadata says that they misbehave: %1"_qs.arg(
            verdict.spared.join(u", "_qs));
    text += u'\n';
    for (const Finding &finding : verdict.findings)
        text += paragraph(verdict, options, finding);
    return text;
}

static QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray jsonReport(const Verdict &verdict, const Options &options)
{
    QJsonArray findings;
    for (const Finding &finding : verdict.findings)
        findings.append(toJson(finding));
    return line({{u"type"_qs, u"plugin"_qs},
                 {u"path"_qs, verdict.path},
                 {u"id"_qs, verdict.metadata.id},
                 {u"name"_qs, verdict.metadata.name},
                 {u"version"_qs, verdict.metadata.version},
                 {u"valid"_qs, verdict.findings.isEmpty()},
                 {u"seed"_qs, QString::number(options.seed)},
                 {u"handlers"_qs, QJsonArray::fromStringList(verdict.handlers)},
                 {u"notRun"_qs, QJsonArray::fromStringList(verdict.spared)},
                 {u"findings"_qs, findings}});
}

QByteArray jsonSummary(int plugins, int findings)
{
    return line(
        {{u"type"_qs, u"summary"_qs}, {u"plugins"_qs, plugins}, {u"findings"_qs, findings}});
}

static QString stageName(Stage stage)
{
    static const char *const names[] = {"file", "load", "reload", "handler"};
    return QString::fromLatin1(names[int(stage)]);
}

QString checkTable()
{
    QString table;
    for (const Check &check : allChecks())
        table += u"%1 %2 %3\n"_qs.arg(stageName(check.stage), -8)
                     .arg(QString::fromLatin1(check.code), -20)
                     .arg(QString::fromUtf8(check.summary));
    return table;
}

QByteArray jsonChecks()
{
    QByteArray lines;
    for (const Check &check : allChecks())
        lines += line({{u"type"_qs, u"check"_qs},
                       {u"stage"_qs, stageName(check.stage)},
                       {u"code"_qs, QString::fromLatin1(check.code)},
                       {u"summary"_qs, QString::fromUtf8(check.summary)}});
    return lines;
}

} // namespace Fanfare::Validate
