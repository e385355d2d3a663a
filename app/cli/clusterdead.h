// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/output.h"

#include <fanfare/cluster/deadtasks.h>

namespace Fanfare::Cli {

/// One line for each of \a dead, which are at \a broker, and what to do.
void writeDeadTable(const DeadTasks &dead, const BrokerAddress &broker, Output &output);
void writeDeadJson(const DeadTasks &dead, const BrokerAddress &broker,
                   Output &output); ///< one line

/// `fanfare-cli cluster dead`: the tasks that the broker at \a address gave up, and why. Returns
/// the exit code. [any, blocks]
int showDeadTasks(const BrokerAddress &address, const Options &options, Output &output);

} // namespace Fanfare::Cli
