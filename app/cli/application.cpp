// SPDX-License-Identifier: MIT
#include "cli/application.h"

#include "cli/clusterdead.h"
#include "cli/clusterstatus.h"
#include "cli/emitsession.h"
#include "cli/filelist.h"
#include "cli/interrupts.h"
#include "cli/newplugin.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pluginsession.h"
#include "cli/runverbs.h"
#include "cli/usage.h"
#include "cli/wording.h"

#include <fanfare/cluster/brokertransport.h>

#include <QCoreApplication>
#include <QFileInfo>

#include <csignal>
#include <unistd.h>

namespace Fanfare::Cli {

/// The folders that were named and then those that are always searched.
static Result<QStringList> pluginFolders(const Options &options)
{
    QStringList folders;
    for (const QString &folder : options.pluginFolders) {
        const QFileInfo info(folder);
        const QString problem = folder.isEmpty() || !info.exists()
            ? u"There is no plugin folder %1"_qs
            : !info.isDir()      ? u"%1 is no folder, so it holds no plugins"_qs
            : !info.isReadable() ? u"The plugin folder %1 cannot be read"_qs
                                 : QString();
        if (!problem.isEmpty())
            return Error{ErrorCode::NotFound,
                         problem.arg(quoted(folder)) + u"; check the path after --plugins."_qs};
        folders.append(info.absoluteFilePath());
    }
    folders.append(bundledPluginFolder());
    if (options.isSafe) {
        complain(
            u"Safe mode: only the bundled plugins are used; leave out --safe-mode to use all."_qs);
        return folders;
    }
    if (QFileInfo(userPluginFolder()).isDir())
        folders.append(userPluginFolder());
    folders.removeDuplicates();
    return folders;
}

static int run(Session &session)
{
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::interrupted, &session, &Session::interrupt);
    QObject::connect(&session, &Session::finished, QCoreApplication::instance(),
                     &QCoreApplication::exit, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&session, &Session::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

static int refuse(const Error &error)
{
    complain(error.message);
    return Usage;
}

/// All emissions of the scenario file \a path, timed for \a speed.
static Result<std::vector<ScenarioStep>> readPlan(const QString &path, PlaySpeed speed)
{
    const Result<Scenario> scenario = readScenario(path);
    if (!scenario)
        return scenario.error();
    Result<std::vector<ScenarioStep>> steps = stepsOf(*scenario);
    return steps ? atSpeed(*std::move(steps), speed) : steps;
}

static int emitEvent(const Options &options, EngineOptions engine, Output &output)
{
    EmitSources sources;
    if (!options.plan.isEmpty()) {
        Result<std::vector<ScenarioStep>> steps = readPlan(options.plan, options.speed);
        if (!steps)
            return refuse(steps.error());
        sources.steps = *std::move(steps);
    }
    if (!options.eachFile.isEmpty()) {
        const Result<FileList> list = filesBelow(options.eachFile);
        if (!list)
            return refuse(list.error());
        sources.files = list->files;
        for (const QString &folder : list->unreadable)
            complain(
                u"The folder %1 cannot be read, so its files are left out."_qs.arg(quoted(folder)));
    }
    std::unique_ptr<TraceReporter> trace;
    if (!options.traceFile.isEmpty()) {
        Result<std::unique_ptr<TraceReporter>> opened = TraceReporter::open(options.traceFile);
        if (!opened)
            return refuse(opened.error());
        trace = std::move(*opened);
    }
    EmitSession session(options, std::move(engine), std::move(sources), std::move(trace), output);
    return run(session);
}

static int liftQuarantine(const QString &handler, Output &output)
{
    Quarantine quarantine(defaultStateFolder());
    const QList<CrashRecord> lifted = quarantine.liftNamed(handler);
    if (!quarantine.problem().isEmpty())
        complain(quarantine.problem());
    if (lifted.isEmpty())
        return refuse({ErrorCode::NotFound,
                       u"No handler %1 has crashed; `fanfare-cli plugins` says which ones are "
                       u"quarantined."_qs.arg(quoted(handler))});
    for (const CrashRecord &record : lifted) {
        output.line(u"The handler %1 of %2 may run again; it had crashed %3."_qs.arg(
            quoted(record.handler), printable(record.plugin),
            record.crashes == 1 ? u"once"_qs : u"%1 times in a row"_qs.arg(record.crashes)));
    }
    return Succeeded;
}

/// The verbs that need an engine.
static int runEngineVerb(const Options &options, Output &output)
{
    if (!options.lift.isEmpty())
        return liftQuarantine(options.lift, output);
    const Result<QStringList> folders = pluginFolders(options);
    if (!folders)
        return refuse(folders.error());
    EngineOptions engine;
    engine.pluginFolders = *folders;
    engine.executor = options.executor;
    engine.workers = options.workers;
    const QString &file = options.cluster.secrets.passwordFile;
    engine.broker = {options.cluster.broker,
                     file.isEmpty() ? file : QFileInfo(file).absoluteFilePath(),
                     options.cluster.secrets.allowsPlainText};
    engine.startWithin = options.cluster.startWithin;
    engine.queueBound = options.queueBound;
    engine.onFull = options.onFull;
    engine.rules.policyFile = defaultPolicyFile();
    if (options.verb != Verb::Run) // what is measured must not change on the way
        engine.rules.stateFolder = defaultStateFolder();
    if (options.verb == Verb::Emit)
        return emitEvent(options, engine, output);
    if (options.verb == Verb::Run)
        return runScenario(options, engine, output);
    PluginSession session(engine, options, output);
    return run(session);
}

static int showCluster(const Options &options, Output &output)
{
    const Result<BrokerAddress> address =
        brokerAddress(options.query.broker.broker, options.query.broker.secrets);
    if (!address)
        return refuse(address.error());
    if (options.query.question == ClusterQuestion::Dead)
        return showDeadTasks(*address, options, output);
    Result<std::unique_ptr<ClusterTransport>> transport = makeBrokerTransport();
    if (!transport)
        return refuse(transport.error());
    ClusterStatus status(*address, *std::move(transport));
    QObject::connect(&status, &ClusterStatus::finished, QCoreApplication::instance(),
                     &QCoreApplication::quit, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&status, &ClusterStatus::start, Qt::QueuedConnection);
    QCoreApplication::exec();
    if (options.json)
        writePictureJson(status.picture(), output);
    else
        writePictureTable(status.picture(), output);
    return status.picture().problem.isEmpty() ? Succeeded : NotAllSucceeded;
}

static int runVerb(const Options &options, Output &output)
{
    switch (options.verb) {
    case Verb::Compare:
        return compareRunFiles(options, output);
    case Verb::Runs:
        return listRuns(options, output);
    case Verb::Export:
        return exportRun(options, output);
    case Verb::Import:
        return importTrace(options, output);
    case Verb::Cluster:
        return showCluster(options, output);
    default:
        return runEngineVerb(options, output);
    }
}

/// Writes what is left; false when that was not possible.
static bool finishOutput(Output &output)
{
    output.flush();
    if (!output.problem().isEmpty())
        complain(output.problem());
    return !output.isBroken();
}

int execute(const QStringList &arguments)
{
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written
    const Result<Options> options = parseOptions(arguments);
    if (!options)
        return refuse(options.error());
    Output output(STDOUT_FILENO);
    switch (options->verb) {
    case Verb::Help:
        output.buffer() += usage(options->helpTopic).toUtf8();
        return finishOutput(output) ? Succeeded : NotAllSucceeded;
    case Verb::Version:
        output.line(u"fanfare-cli %1"_qs.arg(QLatin1String(FANFARE_VERSION)));
        return finishOutput(output) ? Succeeded : NotAllSucceeded;
    case Verb::NewPlugin: {
        const Result<QString> folder = createPlugin(options->newPlugin);
        if (!folder)
            return refuse(folder.error());
        output.line(nextSteps(printable(*folder)));
        return finishOutput(output) ? Succeeded : NotAllSucceeded;
    }
    case Verb::Plugins:
    case Verb::Emit:
    case Verb::Run:
    case Verb::Compare:
    case Verb::Runs:
    case Verb::Export:
    case Verb::Import:
    case Verb::Cluster:
        break;
    }
    const int exitCode = runVerb(*options, output);
    return finishOutput(output) ? exitCode : NotAllSucceeded;
}

} // namespace Fanfare::Cli
