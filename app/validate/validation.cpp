// SPDX-License-Identifier: MIT
#include "validate/validation.h"

#include "validate/interruption.h"
#include "validate/stageprocess.h"

#include <fanfare/plugins/pluginprobe.h>
#include <fanfare/processes/hostexecutable.h>

#include <QEventLoop>
#include <QFileInfo>
#include <QJsonArray>
#include <QPluginLoader>
#include <QRegularExpression>
#include <QSet>

namespace Fanfare::Validate {

static Finding findingOf(const PluginRefusal &refusal)
{
    return {refusal.code, {}, refusal.message, {}, {}, refusal.loaderText};
}

static ProbeAnswer probe(const QString &path, const QJsonObject &metadata)
{
    ProbeOptions options{hostExecutable()};
    options.timeout = std::chrono::milliseconds(
        metadata.value(u"probeTimeoutMs"_qs).toInt(int(options.timeout.count())));
    PluginProbe probe(path, options);
    ProbeAnswer answer;
    QEventLoop loop;
    QObject::connect(&probe, &PluginProbe::finished, &loop, [&](const ProbeAnswer &found) {
        answer = found;
        loop.quit();
    });
    QMetaObject::invokeMethod(&probe, &PluginProbe::start, Qt::QueuedConnection);
    loop.exec();
    return answer;
}

static void checkIdentity(const PluginMetadata &metadata, QList<Finding> &findings)
{
    static const QRegularExpression id(u"\\A[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_-]+)+\\z"_qs);
    static const QRegularExpression version(
        u"\\A\\d+\\.\\d+(\\.\\d+)?([-+][0-9A-Za-z.+-]+)?\\z"_qs);
    if (!id.match(metadata.id).hasMatch())
        findings.append(
            {u"odd-id"_qs,
             {},
             u"The id \"%1\" in its metadata is no reverse domain name"_qs.arg(metadata.id),
             u"Write it as org.example.name, so that nobody else has the same"_qs,
             {},
             {}});
    if (!version.match(metadata.version).hasMatch())
        findings.append(
            {u"odd-id"_qs,
             {},
             u"The version \"%1\" in its metadata is no semantic version"_qs.arg(metadata.version),
             u"Write it as 1.2.3"_qs,
             {},
             {}});
}

/// The handlers that metadata marks as misbehaving, or all.
static bool isSpared(const QJsonObject &metadata, const QString &handler)
{
    if (metadata.value(u"misbehaves"_qs).toBool())
        return true;
    for (const QJsonValue &value : metadata.value(u"handlers"_qs).toArray()) {
        const QJsonObject json = value.toObject();
        if (json.value(u"name"_qs).toString() == handler)
            return json.value(u"misbehaves"_qs).toBool();
    }
    return false;
}

/// The same finding of several handlers is told for each, that of several stages once.
static void append(QList<Finding> &findings, const QList<Finding> &more)
{
    for (const Finding &finding : more) {
        const bool isKnown =
            std::any_of(findings.begin(), findings.end(), [&](const Finding &known) {
                return known.code == finding.code && known.handler == finding.handler;
            });
        if (!isKnown)
            findings.append(finding);
    }
}

static void runHandlers(const ProbeAnswer &answer, const QJsonObject &metadata,
                        const Options &options, Verdict &verdict)
{
    for (const HandlerFact &handler : answer.description.handlers) {
        if (!options.handler.isEmpty() && handler.name != options.handler)
            continue;
        if (isInterrupted())
            return;
        if (isSpared(metadata, handler.name)) {
            verdict.spared.append(handler.name);
            continue;
        }
        verdict.handlers.append(handler.name);
        append(verdict.findings,
               runStageProcess(
                   {u"handler"_qs, verdict.path, handler.name, options.seed, options.runs}));
    }
}

Verdict validate(const QString &path, const Options &options)
{
    Verdict verdict{QFileInfo(path).absoluteFilePath(), {}, {}, {}, {}};
    const PluginInspection inspection = inspectPluginFile(verdict.path);
    verdict.metadata = inspection.metadata;
    if (inspection.refusal) {
        verdict.findings.append(findingOf(*inspection.refusal));
        return verdict;
    }
    checkIdentity(verdict.metadata, verdict.findings);
    const QJsonObject metadata =
        QPluginLoader(verdict.path).metaData().value(u"MetaData"_qs).toObject();
    const ProbeAnswer answer = probe(verdict.path, metadata);
    if (answer.refusal) {
        verdict.findings.append(findingOf(*answer.refusal));
        return verdict;
    }
    append(verdict.findings, runStageProcess({u"load"_qs, verdict.path}));
    append(verdict.findings, runStageProcess({u"reload"_qs, verdict.path}));
    runHandlers(answer, metadata, options, verdict);
    if (!options.handler.isEmpty() && verdict.handlers.isEmpty() && verdict.spared.isEmpty())
        verdict.findings.append({u"no-such-handler"_qs,
                                 options.handler,
                                 u"It has no handler %1"_qs.arg(options.handler),
                                 u"Leave out --handler to check all"_qs,
                                 {},
                                 {}});
    return verdict;
}

} // namespace Fanfare::Validate
