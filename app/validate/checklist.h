// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace Fanfare::Validate {

/// Where a check is made.
enum class Stage : quint8 {
    File,    ///< the file is looked at
    Load,    ///< a process loads it and asks what it has
    Reload,  ///< a process loads and unloads it, again and again
    Handler, ///< a process per handler runs it
};

struct Check
{
    const char *code; ///< of the finding when it fails
    Stage stage;
    const char *summary; ///< what a good plugin does
};

/// All checks, in the order in which they are made. Crashes and hangs are found in every stage:
/// their codes are crashed, hung and exited.
const std::vector<Check> &allChecks();

} // namespace Fanfare::Validate
