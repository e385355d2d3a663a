// SPDX-License-Identifier: MIT
#include "cli/runverbs.h"

#include "cli/application.h"
#include "cli/interrupts.h"
#include "cli/runseries.h"
#include "cli/session.h"
#include "cli/wording.h"

#include <fanfare/runs/comparisonexport.h>
#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/runloading.h>

#include <QCoreApplication>
#include <QDir>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static int refuse(const Error &error)
{
    complain(error.message);
    return Usage;
}

/// False, having said why, when the report could not be written.
static bool keepReport(const ReportSource &source, const QString &path)
{
    const Result<void> written = writeReport(source, path);
    if (!written)
        complain(written.error().message);
    return bool(written);
}

namespace {

/// Two sides that were read from files, and what came of them.
struct Judged
{
    LoadedRun a;
    LoadedRun b;
    Comparison comparison;
    Verdict verdict;
    QStringList damages;
};

} // namespace

static Result<std::unique_ptr<Judged>> judge(const QStringList &left, const QStringList &right)
{
    Result<LoadedRun> a = loadRuns(left);
    if (!a)
        return a.error();
    Result<LoadedRun> b = loadRuns(right);
    if (!b)
        return b.error();
    auto judged = std::make_unique<Judged>();
    judged->a = *std::move(a);
    judged->b = *std::move(b);
    judged->comparison = compareRuns(judged->a.samples, judged->b.samples);
    judged->verdict = judgeRuns(judged->comparison);
    judged->damages = judged->a.damages + judged->b.damages;
    return judged;
}

static ReportSource sourceOf(const Judged &judged, const QStringList &left,
                             const QStringList &right)
{
    return {judged.comparison, judged.verdict, judged.damages, left.value(0), right.value(0)};
}

/// Says what came out of a series: the comparison of every configuration with the first.
static bool reportSeries(const Options &options, const std::vector<QStringList> &paths,
                         Output &output)
{
    bool isWell = true;
    const QStringList &first = paths.front();
    for (size_t i = 1; i < paths.size(); ++i) {
        if (first.isEmpty() || paths[i].isEmpty())
            continue;
        const Result<std::unique_ptr<Judged>> judged = judge(first, paths[i]);
        if (!judged) {
            complain(judged.error().message);
            return false;
        }
        const ReportFormat format = options.json ? ReportFormat::Json : ReportFormat::Text;
        const ReportSource source = sourceOf(**judged, first, paths[i]);
        output.buffer() += exported(source, format);
        if (!options.json)
            output.buffer() += '\n';
        if (!options.run.report.isEmpty() && i == 1)
            isWell = keepReport(source, options.run.report);
    }
    return isWell;
}

static void nameFiles(const std::vector<QStringList> &configurations, Output &output)
{
    output.line(u"Kept in"_s);
    for (const QStringList &paths : configurations) {
        for (const QString &path : paths)
            output.line(u"  "_s + printable(path));
    }
}

int runScenario(const Options &options, const EngineOptions &engine, Output &output)
{
    Result<Scenario> scenario = readScenario(options.run.scenario);
    if (!scenario)
        return refuse(scenario.error());
    Result<std::vector<ScenarioStep>> steps = stepsOf(*scenario);
    if (!steps)
        return refuse(steps.error());
    const QString folder = runFolderOf(options);
    if (!QDir().mkpath(folder)) {
        return refuse({ErrorCode::Unreadable,
                       u"The folder %1 for runs cannot be made; name another one with --runs "
                       "DIR."_s.arg(quoted(folder))});
    }
    RunSeries series(
        {.scenario = *std::move(scenario),
         .steps = atSpeed(*std::move(steps), options.speed),
         .engine = engine,
         .configurations = {options.run.configurations.begin(), options.run.configurations.end()},
         .repeat = options.run.repeat,
         .speed = options.speed,
         .label = options.run.label,
         .folder = folder});
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::interrupted, &series, &RunSeries::interrupt);
    QObject::connect(&series, &RunSeries::finished, QCoreApplication::instance(),
                     &QCoreApplication::exit, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&series, &RunSeries::start, Qt::QueuedConnection);
    const int code = QCoreApplication::exec();
    if (series.isRefused())
        return code;
    const bool isWell = reportSeries(options, series.paths(), output);
    if (!options.json)
        nameFiles(series.paths(), output);
    return isWell ? code : NotAllSucceeded;
}

/// The files that \a names mean: files themselves, or runs of the folder by the start of their id.
static Result<QStringList> filesOf(const QStringList &names, const QString &folder)
{
    QStringList files;
    for (const QString &name : names) {
        const Result<QString> file = findRun(name, folder);
        if (!file)
            return file.error();
        files.append(*file);
    }
    return files;
}

int compareRunFiles(const Options &options, Output &output)
{
    const QString folder = runFolderOf(options);
    const Result<QStringList> left = filesOf(options.run.left, folder);
    if (!left)
        return refuse(left.error());
    const Result<QStringList> right = filesOf(options.run.right, folder);
    if (!right)
        return refuse(right.error());
    const Result<std::unique_ptr<Judged>> judged = judge(*left, *right);
    if (!judged)
        return refuse(judged.error());
    const ReportSource source = sourceOf(**judged, *left, *right);
    output.buffer() += exported(source, options.run.format);
    if (!options.run.report.isEmpty() && !keepReport(source, options.run.report))
        return NotAllSucceeded;
    return isSlower((*judged)->verdict, options.run.threshold) ? regression : Succeeded;
}

} // namespace Fanfare::Cli
