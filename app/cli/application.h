// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace Fanfare::Cli {

/// Carries out the command line \a arguments (without the name of the program) and returns the exit
/// code. Needs a QCoreApplication and runs its event loop.
int execute(const QStringList &arguments);

} // namespace Fanfare::Cli
