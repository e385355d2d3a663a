// SPDX-License-Identifier: MIT
#include "cli/usage.h"

namespace Fanfare::Cli {

static const char overview[] = R"(fanfare-cli - emit events, run their handlers, report every task

Usage:
  fanfare-cli plugins [options]      list plugins, their events and handlers
  fanfare-cli emit EVENT [options]   emit an event and wait for its tasks
  fanfare-cli emit --plan FILE       the same for all events of a scenario
  fanfare-cli run SCENARIO [options] play a scenario on threads and on processes, say which does
                                     better and why
  fanfare-cli compare A B [options]  the same for two runs that were kept
  fanfare-cli runs [options]         list the runs that were kept
  fanfare-cli export RUN [options]   a kept run as a Chrome trace or a table
  fanfare-cli import TRACE.json      any Chrome trace becomes a run
  fanfare-cli new-plugin NAME        write a plugin project to start from
  fanfare-cli cluster status         which hosts a message broker reaches, and how they are
  fanfare-cli cluster dead           which tasks a message broker gave up, and why
  fanfare-cli VERB --help            what a verb takes
  fanfare-cli --version

Examples:
  fanfare-cli emit StringEvent --count 2
  fanfare-cli emit FileAdded --each-file /usr/share/doc --trace hashing.json
  fanfare-cli emit Sleep --fields '{"ms": 50}' --count 100 --workers 8 --json

Exit codes: 0 all tasks succeeded, 1 some did not, 2 the command line makes no sense,
3 `compare` found a slowdown.
)";

static const char plugins[] =
    R"(Usage: fanfare-cli plugins [--json] [--schema EVENT] [--lift HANDLER] [--safe-mode]
                           [--plugins DIR]...

Lists every plugin that was found, with its events and handlers, how these run and who said so; for
what cannot be used, why and what to do. "for-plugin" and "for-handler" is what was set in the
window; it is kept in ~/.config/fanfare/policies.json.

  --json          one JSON object per plugin and line, instead of a table
  --schema EVENT  instead of the list, the JSON Schema of the fields of EVENT: what --fields of
                  `fanfare-cli emit EVENT` takes; with --json on one line
  --lift HANDLER  instead of the list, lets a handler run again that was quarantined because it
                  crashed three times in a row; HANDLER is its name or PLUGIN-ID/NAME
  --safe-mode     look at the bundled plugins only
  --plugins DIR   look into DIR first; may be given several times
)";

static const char emitHelp[] = R"(Usage: fanfare-cli emit EVENT [options]
       fanfare-cli emit --plan FILE [options]

Emits EVENT, runs every handler that is linked to it and waits for all of them.

What is emitted:
  --plan FILE            instead of EVENT all emissions of a scenario, in its order and at its
                         rates: what "Save the history as a scenario" of the window writes, see
                         `fanfare-cli run --help`. Nothing is kept or compared, as `run` does
  --speed X              the time of the plan: 2 plays it twice as fast, 0.1 to 100, or max for as
                         fast as possible; always in the same order
  --args JSON-ARRAY      positional arguments, for instance '[1, "two"]'
  --named JSON-OBJECT    named arguments, for instance '{"color": "red"}'
  --fields JSON-OBJECT   the fields of a typed event, for instance '{"ms": 50}'
                         (each of the three also takes @FILE, and @- for standard input)
  --each-file DIR        one emission per regular file in DIR and below; the file goes into the
                         first field of type path
  --count N              emit N times; with --each-file every file N times
  --rate R               R emissions a second; without it as fast as the queue takes them
  --concurrency N        a closed loop: an emission waits until fewer than N are open, 1 to 100000
  --deadline MS          stop each task that is not over MS milliseconds after its start, in place
                         of the deadlines of event and handler, 1 to 86400000

Where it runs:
  --executor threads|processes|inline|cluster   threads unless given
  --broker URL           of a cluster: the message broker that reaches its hosts; see
                         `fanfare-cli cluster --help` for this and for the password
  --broker-password-file FILE, --broker-plain-text   as there
  --start-within S       of a cluster: a task that no host takes within S seconds ends as Rejected,
                         with the reason "expired"; other executors have no hosts to wait for
  --workers N            1 to 256; one per core unless given
  --plugins DIR          look for plugins in DIR first; may be given several times
  --safe-mode            use the bundled plugins only
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

static const char runHelp[] = R"(Usage: fanfare-cli run SCENARIO.json [options]

Plays the emissions of a scenario on every configuration, one round after the other, each in an
engine of its own; keeps every round in a file; compares the configurations with the first one and
says in words who does better and why.

A scenario:
  {
      "scenario": 1,
      "name": "short tasks",
      "seed": 7,
      "warmUpMs": 200,
      "deadlineMs": 60000,
      "concurrency": 8,
      "order": "mixed",
      "emissions": [
          {"event": "Sleep", "count": 100, "rate": 50, "fields": {"ms": {"$range": [1, 20]}}},
          {"event": "FileAdded", "count": 40, "fields": {"path": {"$files": "pictures"}}}
      ]
  }
Only "scenario" and the events must be there. With "concurrency" an emission waits until fewer than
so many are open, 1 to 100000; without it none waits for another. "order" is "sequence" or "mixed".
An event takes "fields" when it is typed, else "arguments" (a list) and "named" (an object).
"pauseMs" waits before it, when the order is a sequence; its own "concurrency" holds instead of that
of the scenario; "taskDeadlineMs" stops each of its tasks so long after its start. Values that are
made anew for each emission: {"$range": [from, to]}, {"$pick": [...]}, {"$cycle": [...]} and
{"$files": "folder"}; the same seed makes the same ones.

Where it runs:
  --executor LIST        threads, processes, inline, cluster, or some of them separated by
                         commas; threads,processes unless given
  --workers LIST         1 to 256, several separated by commas; one per core unless given
  --speed X              as of `fanfare-cli emit`
  --repeat N             rounds of each configuration, forwards and backwards in turn (ABBA);
                         1 unless given, 3 and more tell chance from difference
  --plugins DIR          look for plugins in DIR first; may be given several times
  --safe-mode            use the bundled plugins only
  --queue-bound N, --on-full POLICY   as of `fanfare-cli emit`
  --broker URL           of a cluster, as of `fanfare-cli cluster status`; so are
                         --broker-password-file FILE and --broker-plain-text
  --start-within S       of a cluster, as of `fanfare-cli emit`; the others wait for no host

What is told:
  --report FILE          an HTML page that needs nothing else: verdicts, timelines and tables of all
                         configurations; or what FILE ends in: .md, .json, .csv or .txt
  --json                 the comparisons as JSON, one object a line
  --label TEXT           how the runs are called; the name of the scenario unless given
  --runs DIR             where runs are kept, ~/.local/share/fanfare/runs unless given

Exit codes: 0 every round went well, 1 something went wrong, 2 the scenario or the command line
makes no sense. That one configuration is slower than another is what comes out, not a failure: to
end with 3 at a slowdown, `fanfare-cli compare` a run with one that was kept before.
)";

static const char compareHelp[] = R"(Usage: fanfare-cli compare A B [options]

Compares two runs; A is the baseline. Each is a run file, the beginning of an id that
`fanfare-cli runs` lists, or several of them separated by commas: rounds of the same.

  --format FORMAT        table (unless given), md, json, csv or html
  --report FILE          the HTML page besides; or what FILE ends in: .md, .json, .csv or .txt
  --threshold PERCENT    a slowdown beyond it ends with 3; 5 unless given
  --runs DIR             where runs are kept, ~/.local/share/fanfare/runs unless given

"~" is a difference that chance may have made (p > 0.05) or that is below 2 %.
Exit codes: 0 B is not slower, 3 B or its tasks are slower or are lost, 2 a run cannot be read.
)";

static const char runsHelp[] = R"(Usage: fanfare-cli runs [--json] [--runs DIR]

Lists the runs that were kept, the newest first: id, time, where it ran, label, what came out; then
how much they take, and which were deleted less than a day ago and can come back in the window.
)";

static const char exportHelp[] =
    R"(Usage: fanfare-cli export RUN [--format chrome|csv] [--output FILE] [--runs DIR]

Writes a kept run, a file or the beginning of an id that `fanfare-cli runs` lists.

  --format chrome|csv    a Chrome trace that ui.perfetto.dev opens (unless given), or a table with a
                         line for every task
  --output FILE          instead of standard output; never written over
)";

static const char importHelp[] = R"(Usage: fanfare-cli import TRACE.json [--json] [--runs DIR]

Makes a run of a trace in the Chrome Trace Event format, whoever wrote it: complete events and pairs
of begin and end become tasks, threads become workers. It is listed, compared and exported as any
other run. Traces of any size are read in bounded memory.
)";

static const char newPlugin[] = R"(Usage: fanfare-cli new-plugin NAME [--dir DIR]

Writes the folder NAME with a handler plugin that builds and works, a test of it, and a README that
says how to build, test and use it. NAME is lower-case letters, digits and hyphens, such as word-count.

  --dir DIR   make the folder in DIR instead of the current folder
)";

static const char clusterHelp[] = R"(Usage: fanfare-cli cluster status --broker URL [options]
       fanfare-cli cluster dead --broker URL [--count N] [options]

status asks a message broker, and every host that works for it, how they are: workers that are busy,
tasks that wait there, how exactly its clock is known; then, for each build of a plugin that a host
has, how many tasks wait at the broker and how many hosts take them; and how many tasks are dead.

dead lists tasks that the broker gave up, the last one first, with the reason, and says what to do. They
stay where they are. TASK is the emission, as the app APP counts them.

  --count N                    how many dead tasks to show, 1 to 10000; 20 unless given
  --broker URL                 amqps://USER@HOST[:PORT]/VHOST, or amqp:// on this machine
  --broker-password-file FILE  a file that only you can read; without it the password is taken from
                               the environment variable FANFARE_BROKER_PASSWORD
  --broker-plain-text          allow amqp:// to another machine: everybody on the way can read it
  --json                       one JSON object instead of tables, with all that is known

Exit codes: 0 the broker can be reached, 1 it cannot, 2 the command line makes no sense.
)";

QString usage(const QString &topic)
{
    if (topic == u"cluster")
        return QString::fromUtf8(clusterHelp);
    if (topic == u"new-plugin")
        return QString::fromUtf8(newPlugin);
    if (topic == u"plugins")
        return QString::fromUtf8(plugins);
    if (topic == u"emit")
        return QString::fromUtf8(emitHelp);
    if (topic == u"run")
        return QString::fromUtf8(runHelp);
    if (topic == u"compare")
        return QString::fromUtf8(compareHelp);
    if (topic == u"export")
        return QString::fromUtf8(exportHelp);
    if (topic == u"import")
        return QString::fromUtf8(importHelp);
    if (topic == u"runs")
        return QString::fromUtf8(runsHelp);
    return QString::fromUtf8(overview);
}

} // namespace Fanfare::Cli
