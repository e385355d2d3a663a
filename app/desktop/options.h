// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"

#include <fanfare/base/result.h>
#include <fanfare/engine/engineoptions.h>
#include <fanfare/engine/facts.h>

#include <QStringList>

#include <chrono>
#include <optional>

namespace Fanfare {

/// What the command line asks of the window.
struct Options
{
    QStringList pluginFolders;            ///< absolute; empty: the bundled ones and the user's own
    bool isSafe = false;                  ///< only the bundled plugins
    std::optional<int> workers;           ///< 1..256; nothing: what was chosen last
    std::optional<ExecutorKind> executor; ///< nothing: what was chosen last
    std::optional<BrokerChoice> broker;   ///< nothing: what was chosen last
    std::optional<quint64> queueBound;    ///< these three: nothing is what was chosen last
    std::optional<FullPolicy> onFull;
    std::optional<ColorScheme> colorScheme;
    bool resetLayout = false;
    bool playDemo = false;
    QList<EmitCommand> commands; ///< emitted as soon as the engine is ready
    bool compareRuns = false;    ///< the first of runFiles with all others
    QStringList runFiles;        ///< run files and Chrome traces to be shown; absolute
    QStringList links;           ///< to tasks or runs, see RunLink
    bool isNewWindow = false;    ///< even when there is a window already
    bool isPlain = false;        ///< asks for no more than to open runs and links
    QString runFolder;           ///< where runs are kept; empty: where the user's are
    QString screenshot;          ///< a PNG to write before leaving; empty: stay
    std::chrono::milliseconds screenshotAfter{3000};
    QString frameLog;  ///< a JSON file for the frame times of the timeline
    QString traceFile; ///< a Chrome trace of all finished tasks

    QString information; ///< text of --help or --version: print it and leave
};

/// Reads \a arguments, the program's name first. An error is a sentence for stderr.
Result<Options> parseOptions(const QStringList &arguments);

} // namespace Fanfare
