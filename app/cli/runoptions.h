// SPDX-License-Identifier: MIT
#pragma once

#include "cli/commandline.h"

#include <fanfare/engine/engineoptions.h>

#include <QList>

namespace Fanfare::Cli {

/// Where a scenario is played.
struct Configuration
{
    ExecutorKind executor = ExecutorKind::Threads;
    int workers = 0; ///< 0: one per core

    bool operator==(const Configuration &other) const = default;
};

enum class ReportFormat { Table, Markdown, Json, Html };

/// What `run`, `compare` and `runs` take.
struct RunOptions
{
    QString scenario; ///< of run: the file
    QList<Configuration> configurations;
    int repeat = 1; ///< rounds of each configuration
    QString label;
    QString report;     ///< an HTML file, or empty
    QString runsFolder; ///< empty: the user's own
    QStringList left;   ///< of compare: files or ids of runs
    QStringList right;
    ReportFormat format = ReportFormat::Table;
    double threshold =
        0.05; ///< of compare: a share of the time; a slowdown beyond it is exit code 3
};

/// The options of \a line, whose verb is one of the three. Error: InvalidArgument with the sentence
/// for the user.
Result<RunOptions> parseRunOptions(const CommandLine &line);

/// "threads", "processes" or "inline".
QString executorName(ExecutorKind kind);

} // namespace Fanfare::Cli
