// SPDX-License-Identifier: MIT
#include "cli/runverbs.h"

#include "cli/application.h"
#include "cli/interrupts.h"
#include "cli/runseries.h"
#include "cli/session.h"
#include "cli/wording.h"
#include "cli/workbar.h"

#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/seriescomparison.h>

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

/// Reads \a sides, which may take a while, and shows how far that is.
static Result<SeriesComparison> readSides(const QList<QStringList> &sides)
{
    Output terminal(STDERR_FILENO);
    WorkBar bar(terminal, u"Reading"_s);
    return SeriesComparison::read(sides, bar.part(0, 1));
}

/// Says what came out of a series: the comparison of every configuration with the first.
static bool reportSeries(const Options &options, const std::vector<QStringList> &paths,
                         Output &output)
{
    if (paths.front().isEmpty())
        return true; // the base was not played: there is nothing to compare with
    QList<QStringList> sides(paths.begin(), paths.end());
    sides.removeAll(QStringList());
    if (sides.size() < 2)
        return true;
    const Result<SeriesComparison> series = readSides(sides);
    if (!series) {
        complain(series.error().message);
        return false;
    }
    const std::vector<ReportSource> pairs = series->pairs();
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
    const Result<SeriesComparison> sides = readSides({*left, *right});
    if (!sides)
        return refuse(sides.error());
    const std::vector<ReportSource> pairs = sides->pairs();
    output.buffer() += exported(pairs.front(), options.run.format);
    if (!options.run.report.isEmpty() && !keepReport(pairs, options.run.report))
        return NotAllSucceeded;
    return isSlower(pairs.front().verdict, options.run.threshold) ? regression : Succeeded;
}

} // namespace Fanfare::Cli
