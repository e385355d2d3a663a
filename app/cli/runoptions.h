// SPDX-License-Identifier: MIT
#pragma once

#include "cli/commandline.h"

#include <fanfare/engine/roundseries.h>
#include <fanfare/runs/comparisonexport.h>

#include <QList>

namespace Fanfare::Cli {

enum class ExportFormat { Chrome, Csv };

/// What the verbs about runs take.
struct RunOptions
{
    QString scenario; ///< of run: the file
    QList<RunConfiguration> configurations;
    int repeat = 1; ///< rounds of each configuration
    QString label;
    QString report;     ///< a file in the format of its ending, or empty
    QString runsFolder; ///< empty: the user's own
    QStringList left;   ///< of compare: files or ids of runs
    QStringList right;
    ReportFormat format = ReportFormat::Text;
    double threshold = 0.05; ///< of compare: a slowdown beyond that share ends with code 3
    QString source;          ///< of export: a run as for compare; of import: a file
    QString output;          ///< of export: a file, or empty for standard output
    ExportFormat exportFormat = ExportFormat::Chrome;
};

/// The options of \a line, whose verb is run, compare, runs, export or import. Error:
/// InvalidArgument with the sentence for the user.
Result<RunOptions> parseRunOptions(const CommandLine &line);

} // namespace Fanfare::Cli
