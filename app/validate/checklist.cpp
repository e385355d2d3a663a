// SPDX-License-Identifier: MIT
#include "validate/checklist.h"

namespace Fanfare::Validate {

const std::vector<Check> &allChecks()
{
    static const std::vector<Check> checks{
        {"not-a-library", Stage::File, "The file is accepted: its kind, format, interface"},
        {"bad-metadata", Stage::File, "Its metadata fits the schema in core/sdk/README.md"},
        {"odd-id", Stage::File, "Its id is reverse DNS, its version major.minor[.patch]"},
        {"not-loadable", Stage::File, "A probe, as the engine makes one, accepts it"},
        {"noisy-load", Stage::Load, "Nothing is printed while it is loaded and listed"},
        {"lists-differ", Stage::Load, "Listing events and handlers twice gives the same"},
        {"handlers-differ", Stage::Load, "Metadata and code name the same handlers"},
        {"wrong-kind", Stage::Load, "Handlers that are listed as async are, and no others"},
        {"shared-handler", Stage::Load, "Every call of create() makes a new object"},
        {"invents-handlers", Stage::Load, "create() gives null for names that are not listed"},
        {"invents-extensions", Stage::Load, "extension() gives null for ids it does not know"},
        {"described-twice", Stage::Load, "Every event is described once"},
        {"bad-default", Stage::Load, "The defaults of every field fit the field"},
        {"takes-signals", Stage::Load, "Signal handlers stay as they are"},
        {"changes-environment", Stage::Load, "Environment, folder, locale and umask stay"},
        {"not-reloadable", Stage::Reload, "It can be unloaded and loaded again"},
        {"ignores-stop", Stage::Handler, "It ends soon after it is asked to stop"},
        {"foreign-exception", Stage::Handler, "What it throws is a std::exception"},
        {"wordless-exception", Stage::Handler, "What it throws says what is wrong"},
        {"result-stays", Stage::Handler, "Its result can leave the process"},
        {"noisy-run", Stage::Handler, "It prints with context.print() only"},
        {"takes-signals", Stage::Handler, "Signal handlers stay as they are"},
        {"changes-environment", Stage::Handler, "Environment, folder, locale and umask stay"},
        {"leaks-memory", Stage::Handler, "Memory in use does not grow from run to run"},
        {"leaks-descriptors", Stage::Handler, "Open files do not grow from run to run"},
        {"leaks-threads", Stage::Handler, "Threads do not grow from run to run"},
        {"leaves-processes", Stage::Handler, "No process is left behind"},
        {"crashed", Stage::Handler,
         "It survives defaults, random and hostile arguments, and calls at once"},
        {"hung", Stage::Handler, "All of that comes to an end"},
        {"exited", Stage::Handler, "It leaves its process alone"},
    };
    return checks;
}

} // namespace Fanfare::Validate
