// SPDX-License-Identifier: MIT
#pragma once

#include "cli/brokeroptions.h"
#include "cli/newplugin.h"
#include "cli/runoptions.h"

#include <fanfare/base/result.h>
#include <fanfare/engine/enginelink.h>
#include <fanfare/runs/playspeed.h>
#include <fanfare/sdk/arguments.h>

#include <QStringList>

#include <chrono>
#include <optional>

namespace Fanfare::Cli {

enum class Verb {
    Help,
    Version,
    Plugins,
    Emit,
    Run,
    Compare,
    Runs,
    Export,
    Import,
    NewPlugin,
    Cluster
};

/// A command line that makes sense by itself; whether the things it names exist is checked later.
struct Options
{
    Verb verb = Verb::Help;
    QString helpTopic;         ///< a verb, or empty for the overview
    QStringList pluginFolders; ///< as given with --plugins
    bool json = false;
    bool isSafe = false; ///< only the bundled plugins
    QString schema;      ///< of `plugins`: the event whose schema is wanted, or empty
    QString lift;        ///< of `plugins`: the handler whose quarantine is to be lifted, or empty

    QString event;       ///< of `emit`; empty with a plan
    QString plan;        ///< of `emit`: a scenario file, or empty
    PlaySpeed speed = 1; ///< of scenarios
    Arguments arguments;
    QString eachFile; ///< a folder, or empty
    quint64 count = 1;
    double rate = 0;                       ///< emissions a second; 0: as fast as possible
    quint32 concurrency = 0;               ///< emissions open at once; 0: no bound
    std::chrono::milliseconds deadline{0}; ///< of each task; 0: that of event and handler
    ExecutorKind executor = ExecutorKind::Threads;
    int workers = 0; ///< 0: one per core
    quint64 queueBound = EngineOptions().queueBound;
    FullPolicy onFull = EngineOptions().onFull;
    std::optional<std::chrono::milliseconds> timeout;
    QString traceFile;     ///< or empty
    RunOptions run;        ///< of the verbs about runs
    NewPlugin newPlugin;   ///< of `new-plugin`
    BrokerOptions cluster; ///< of `emit` and `run` on one
    ClusterQuery query;    ///< of `cluster`
};

/// The options in \a arguments, which are without the name of the program; else InvalidArgument or
/// Unsupported with the sentence for the user.
Result<Options> parseOptions(const QStringList &arguments);

} // namespace Fanfare::Cli
