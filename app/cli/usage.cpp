// SPDX-License-Identifier: MIT
#include "cli/usage.h"

namespace Fanfare::Cli {

static const char overview[] = R"(fanfare-cli - emit events, run their handlers, report every task

Usage:
  fanfare-cli plugins [options]      list plugins, their events and handlers
  fanfare-cli emit EVENT [options]   emit an event and wait for its tasks
  fanfare-cli VERB --help            what a verb takes
  fanfare-cli --version

Examples:
  fanfare-cli emit StringEvent --count 2
  fanfare-cli emit FileAdded --each-file /usr/share/doc --trace hashing.json
  fanfare-cli emit Sleep --fields '{"ms": 50}' --count 100 --workers 8 --json

Exit codes: 0 all tasks succeeded, 1 some did not, 2 the command line makes no sense.
)";

static const char plugins[] = R"(Usage: fanfare-cli plugins [--json] [--plugins DIR]...

Lists every plugin that was found, with its events and handlers; for a file that cannot be used,
why and what to do.

  --json          one JSON object per plugin and line, instead of a table
  --plugins DIR   look into DIR first; may be given several times
)";

static const char emitHelp[] = R"(Usage: fanfare-cli emit EVENT [options]

Emits EVENT, runs every handler that is linked to it and waits for all of them.

What is emitted:
  --args JSON-ARRAY      positional arguments, for instance '[1, "two"]'
  --named JSON-OBJECT    named arguments, for instance '{"color": "red"}'
  --fields JSON-OBJECT   the fields of a typed event, for instance '{"ms": 50}'
                         (each of the three also takes @FILE, and @- for standard input)
  --each-file DIR        one emission per regular file in DIR and below; the file goes into the
                         first field of type path
  --count N              emit N times; with --each-file every file N times
  --rate R               R emissions a second; without it as fast as the queue takes them

Where it runs:
  --executor threads|processes|inline   threads unless given
  --workers N            1 to 256; one per core unless given
  --plugins DIR          look for plugins in DIR first; may be given several times
  --timeout S            after S seconds cancel everything; what does not stop is killed

What is told:
  --json                 JSON Lines on standard output: task, log and, last, summary objects
  --trace FILE           write a Chrome trace that ui.perfetto.dev opens

A progress bar is drawn on standard error when that is a terminal. NO_COLOR turns colors off.
Ctrl+C cancels all tasks, a second one kills those that do not stop.
Exit codes: 0 all tasks succeeded, 1 some did not, 2 the command line makes no sense.
)";

QString usage(const QString &topic)
{
    if (topic == u"plugins")
        return QString::fromUtf8(plugins);
    if (topic == u"emit")
        return QString::fromUtf8(emitHelp);
    return QString::fromUtf8(overview);
}

} // namespace Fanfare::Cli
