// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Fanfare::Validate {

/// What one child process is asked to do.
struct StageOrder
{
    QString stage;   ///< "load", "reload" or "handler"
    QString plugin;  ///< the file, absolute
    QString handler; ///< for "handler"
    quint64 seed = 0;
    int runs = 0; ///< how many random payloads

    QStringList toArguments() const;
    static StageOrder fromArguments(const QStringList &arguments);
};

/// The main function of a child process: makes the checks of one stage and tells what it finds on
/// standard output, as StageChannel says. It runs foreign code and may end in any way.
int runStage(int argc, char **argv);

} // namespace Fanfare::Validate
