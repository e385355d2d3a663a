// SPDX-License-Identifier: MIT
#include "cli/runverbs.h"

#include "cli/application.h"
#include "cli/interrupts.h"
#include "cli/runseries.h"
#include "cli/session.h"
#include "cli/wording.h"
#include "cli/workbar.h"

#include <fanfare/runs/comparisonexport.h>
#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/runloading.h>

#include <QCoreApplication>
#include <QDir>

#include <unistd.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static int refuse(const Error &error)
{
    complain(error.message);
    return Usage;
}

/// False, having said why, when the report could not be written.
static bool keepReport(const std::vector<ReportSource> &pairs, const QString &path)
{
    const Result<void> written = writeReport(pairs, path);
    if (!written)
        complain(written.error().message);
    return bool(written);
}

namespace {

/// Two sides that were read from files, and what came of them.
struct Judged
{
    Judged(const LoadedRun &a, const LoadedRun &b)
        : comparison(compareRuns(a.samples, b.samples))
        , verdict(judgeRuns(comparison))
        , damages(a.damages + b.damages)
    {
    }

    ReportSource source(const QStringList &left, const QStringList &right) const
    {
        return {comparison, verdict, damages, left.value(0), right.value(0)};
    }

    Comparison comparison;
    Verdict verdict;
    QStringList damages;
};

} // namespace

/// Reads the sides \a files, which are many, and shows how far that is.
static Result<std::vector<LoadedRun>> readSides(const std::vector<QStringList> &files)
{
    Output terminal(STDERR_FILENO);
    WorkBar bar(terminal, u"Reading"_s);
    std::vector<LoadedRun> sides;
    const double share = 1 / double(files.size());
    for (const QStringList &side : files) {
        const double begin = double(sides.size()) * share;
        Result<LoadedRun> loaded = loadRuns(side, bar.part(begin, begin + share));
        if (!loaded)
            return loaded.error();
        sides.push_back(*std::move(loaded));
    }
    return sides;
}

/// Says what came out of a series: the comparison of every configuration with the first.
static bool reportSeries(const Options &options, const std::vector<QStringList> &paths,
                         Output &output)
{
    if (paths.front().isEmpty())
        return true; // the base was not played: there is nothing to compare with
    std::vector<QStringList> files = paths;
    std::erase_if(files, [](const QStringList &side) { return side.isEmpty(); });
    const Result<std::vector<LoadedRun>> loaded = readSides(files);
    if (!loaded) {
        complain(loaded.error().message);
        return false;
    }
    const std::vector<LoadedRun> &sides = *loaded;
    std::vector<std::unique_ptr<Judged>> judged;
    std::vector<ReportSource> pairs;
    for (size_t i = 1; i < sides.size(); ++i) {
        judged.push_back(std::make_unique<Judged>(sides.front(), sides[i]));
        pairs.push_back(judged.back()->source(files.front(), files[i]));
    }
    if (pairs.empty())
        return true;
    if (options.json) {
        for (const ReportSource &pair : pairs)
            output.buffer() += exported(pair, ReportFormat::Json);
    } else {
        output.buffer() += exportedSeries(pairs, ReportFormat::Text) + '\n';
    }
    return options.run.report.isEmpty() || keepReport(pairs, options.run.report);
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
    const Result<std::vector<LoadedRun>> sides = readSides({*left, *right});
    if (!sides)
        return refuse(sides.error());
    const Judged judged(sides->at(0), sides->at(1));
    const ReportSource source = judged.source(*left, *right);
    output.buffer() += exported(source, options.run.format);
    if (!options.run.report.isEmpty() && !keepReport({source}, options.run.report))
        return NotAllSucceeded;
    return isSlower(judged.verdict, options.run.threshold) ? regression : Succeeded;
}

} // namespace Fanfare::Cli
