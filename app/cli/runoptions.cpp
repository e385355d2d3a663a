// SPDX-License-Identifier: MIT
#include "cli/runoptions.h"

#include "cli/wording.h"

#include <fanfare/engine/runfacts.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static Error refusal(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

static Result<ExecutorKind> executorNamed(const QString &name)
{
    for (const auto kind : {ExecutorKind::Threads, ExecutorKind::Processes, ExecutorKind::Inline,
                            ExecutorKind::Cluster}) {
        if (name == executorName(kind))
            return kind;
    }
    return refusal(
        u"--executor must be threads, processes, inline, cluster, or some of them separated "
        "by commas, not %1; leave it out for threads and processes."_s.arg(quoted(name)));
}

static Result<int> wholeNumber(const QString &option, const QString &text, int highest)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber && number >= 1 && number <= highest)
        return number;
    return refusal(
        u"%1 must be a whole number from 1 to %2, not %3."_s.arg(option).arg(highest).arg(
            quoted(text)));
}

/// Every executor with every number of workers; a cluster has those of its hosts.
static Result<QList<RunConfiguration>> readConfigurations(const CommandLine &line)
{
    const auto listOf = [&line](const QString &option, const QString &otherwise) {
        return (line.has(option) ? line.value(option) : otherwise).split(u',');
    };
    QList<int> counts{0};
    if (line.has(u"--workers"_s)) {
        counts.clear();
        for (const QString &text : listOf(u"--workers"_s, {})) {
            const Result<int> count = wholeNumber(u"--workers"_s, text, 256);
            if (!count)
                return count.error();
            counts.append(*count);
        }
    }
    QList<RunConfiguration> configurations;
    for (const QString &name : listOf(u"--executor"_s, u"threads,processes"_s)) {
        const Result<ExecutorKind> kind = executorNamed(name);
        if (!kind)
            return kind.error();
        for (const int count : counts) {
            const RunConfiguration one{*kind, *kind == ExecutorKind::Cluster ? 0 : count};
            if (!configurations.contains(one))
                configurations.append(one);
        }
    }
    return configurations;
}

static Result<RunOptions> readRun(const CommandLine &line)
{
    RunOptions options;
    if (line.words.size() != 1) {
        return refusal(u"run needs one scenario: fanfare-cli run SCENARIO.json; `fanfare-cli run "
                       "--help` shows what stands in it."_s);
    }
    options.scenario = line.words.first();
    Result<QList<RunConfiguration>> configurations = readConfigurations(line);
    if (!configurations)
        return configurations.error();
    options.configurations = *std::move(configurations);
    if (line.has(u"--repeat"_s)) {
        const Result<int> repeat = wholeNumber(u"--repeat"_s, line.value(u"--repeat"_s), 1000);
        if (!repeat)
            return repeat.error();
        options.repeat = *repeat;
    }
    options.label = line.value(u"--label"_s);
    return options;
}

static Result<ReportFormat> readFormat(const QString &name)
{
    if (name.isEmpty() || name == u"table")
        return ReportFormat::Text;
    if (name == u"md")
        return ReportFormat::Markdown;
    if (name == u"json")
        return ReportFormat::Json;
    if (name == u"csv")
        return ReportFormat::Csv;
    if (name == u"html")
        return ReportFormat::Html;
    return refusal(u"--format must be table, md, json, csv or html, not %1."_s.arg(quoted(name)));
}

static Result<RunOptions> readCompare(const CommandLine &line)
{
    RunOptions options;
    if (line.words.size() != 2) {
        return refusal(u"compare needs two runs: fanfare-cli compare A B; each is a file, an id as "
                       "`fanfare-cli runs` lists it, or several separated by commas."_s);
    }
    options.left = line.words.at(0).split(u',', Qt::SkipEmptyParts);
    options.right = line.words.at(1).split(u',', Qt::SkipEmptyParts);
    const Result<ReportFormat> format = readFormat(line.value(u"--format"_s));
    if (!format)
        return format.error();
    options.format = *format;
    if (line.has(u"--threshold"_s)) {
        bool isNumber = false;
        options.threshold = line.value(u"--threshold"_s).toDouble(&isNumber) / 100;
        if (!isNumber || options.threshold < 0 || options.threshold > 100) {
            return refusal(u"--threshold must be a percentage from 0 to 10000, not %1; leave it "
                           "out for 5."_s.arg(quoted(line.value(u"--threshold"_s))));
        }
    }
    return options;
}

static Result<RunOptions> readExport(const CommandLine &line)
{
    RunOptions options;
    if (line.words.size() != 1) {
        return refusal(u"export needs one run: fanfare-cli export RUN; it is a file, or an id as "
                       "`fanfare-cli runs` lists it."_s);
    }
    options.source = line.words.first();
    options.output = line.value(u"--output"_s);
    const QString format = line.value(u"--format"_s);
    if (format == u"csv")
        options.exportFormat = ExportFormat::Csv;
    else if (!format.isEmpty() && format != u"chrome")
        return refusal(u"--format must be chrome or csv, not %1."_s.arg(quoted(format)));
    return options;
}

static Result<RunOptions> readImport(const CommandLine &line)
{
    RunOptions options;
    if (line.words.size() != 1) {
        return refusal(u"import needs one file: fanfare-cli import TRACE.json, in the Chrome Trace "
                       "Event format."_s);
    }
    options.source = line.words.first();
    return options;
}

static Result<RunOptions> readRuns(const CommandLine &line)
{
    if (line.words.isEmpty())
        return RunOptions();
    return refusal(u"runs takes no words, and %1 is one; a folder goes into --runs DIR."_s.arg(
        quoted(line.words.first())));
}

Result<RunOptions> parseRunOptions(const CommandLine &line)
{
    Result<RunOptions> options = line.verb == u"run" ? readRun(line)
        : line.verb == u"compare"                    ? readCompare(line)
        : line.verb == u"export"                     ? readExport(line)
        : line.verb == u"import"                     ? readImport(line)
                                                     : readRuns(line);
    if (!options)
        return options;
    options->report = line.value(u"--report"_s);
    options->runsFolder = line.value(u"--runs"_s);
    return options;
}

} // namespace Fanfare::Cli
