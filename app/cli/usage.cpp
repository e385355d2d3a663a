// SPDX-License-Identifier: MIT
#include "cli/usage.h"

namespace Fanfare::Cli {

static const char overview[] = R"(fanfare-cli - emit events, run their handlers, report every task

Usage:
  fanfare-cli plugins [options]      list plugins, their events and handlers
  fanfare-cli emit EVENT [options]   emit an event and wait for its tasks
  fanfare-cli new-plugin NAME        write a plugin project to start from
  fanfare-cli VERB --help            what a verb takes
  fanfare-cli --version

Examples:
  fanfare-cli emit StringEvent --count 2
  fanfare-cli emit FileAdded --each-file /usr/share/doc --trace hashing.json
  fanfare-cli emit Sleep --fields '{"ms": 50}' --count 100 --workers 8 --json

Exit codes: 0 all tasks succeeded, 1 some did not, 2 the command line makes no sense.
)";

static const char plugins[] =
    R"(Usage: fanfare-cli plugins [--json] [--schema EVENT] [--plugins DIR]...

Lists every plugin that was found, with its events and handlers; for a file that cannot be used,
why and what to do.

  --json          one JSON object per plugin and line, instead of a table
  --schema EVENT  instead of the list, the JSON Schema of the fields of EVENT: what --fields of
                  `fanfare-cli emit EVENT` takes; with --json on one line
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
  --queue-bound N        tasks that may wait for a worker, 1 to 10000000; 1000000 unless given
  --on-full reject|block|drop-oldest    what happens to an emission that finds the queue full:
                         reject: its tasks end as Rejected, with the reason "queue-full";
                         block (unless given): it waits until there is room, and so do those
                         behind it; drop-oldest: the longest-waiting tasks end as Rejected
  --timeout S            after S seconds cancel everything; what does not stop is killed

What is told:
  --json                 JSON Lines on standard output: task, log and, last, summary objects
  --trace FILE           write a Chrome trace that ui.perfetto.dev opens

A progress bar is drawn on standard error when that is a terminal. NO_COLOR turns colors off.
Ctrl+C cancels all tasks, a second one kills those that do not stop.
Exit codes: 0 all tasks succeeded, 1 some did not, 2 the command line makes no sense.
)";

static const char newPlugin[] = R"(Usage: fanfare-cli new-plugin NAME [--dir DIR]

Writes the folder NAME with a handler plugin that builds and works, a test of it, and a README that
says how to build, test and use it. NAME is lower-case letters, digits and hyphens, such as word-count.

  --dir DIR   make the folder in DIR instead of the current folder
)";

QString usage(const QString &topic)
{
    if (topic == u"new-plugin")
        return QString::fromUtf8(newPlugin);
    if (topic == u"plugins")
        return QString::fromUtf8(plugins);
    if (topic == u"emit")
        return QString::fromUtf8(emitHelp);
    return QString::fromUtf8(overview);
}

} // namespace Fanfare::Cli
