// SPDX-License-Identifier: MIT
#include "cli/options.h"

#include "cli/commandline.h"
#include "cli/jsoninput.h"
#include "cli/request.h"
#include "cli/wording.h"

#include <cmath>

namespace Fanfare::Cli {

/// About 2 GB of queued tasks.
static constexpr quint64 maximumQueue = 10'000'000;

namespace {

/// Turns the text of options into values; stops at the first mistake.
class EmitReader
{
public:
    EmitReader(const CommandLine &line, Options &options)
        : m_line(line)
        , m_options(options)
    {
    }

    /// Empty, or what is wrong.
    Error read()
    {
        readPlan();
        readSpeed();
        readEvent();
        readPayload();
        readEachFile();
        readCount();
        readRate();
        readConcurrency();
        readDeadline();
        readExecutor();
        readBroker();
        readWorkers();
        readQueue();
        readTimeout();
        readTrace();
        return m_error;
    }

private:
    bool wants(const QString &option) const
    {
        return m_error.message.isEmpty() && m_line.has(option);
    }

    void refuse(const QString &sentence, ErrorCode code = ErrorCode::InvalidArgument)
    {
        if (m_error.message.isEmpty())
            m_error = {code, sentence};
    }

    void refuseValue(const QString &option, const QString &wanted, const QString &wayOut)
    {
        refuse(u"%1 must be %2, not %3; %4."_qs.arg(option, wanted, quoted(m_line.value(option)),
                                                    wayOut));
    }

    void readPlan()
    {
        if (!wants(u"--plan"_qs))
            return;
        m_options.plan = m_line.value(u"--plan"_qs);
        if (m_options.plan.isEmpty())
            return refuse(u"--plan needs the path of a scenario file: --plan FILE."_qs);
        if (!m_line.words.isEmpty())
            refuse(u"The plan says which events are emitted, so leave out %1 or --plan."_qs.arg(
                quoted(m_line.words.first())));
        for (const QString &option :
             {u"--args"_qs, u"--named"_qs, u"--fields"_qs, u"--each-file"_qs, u"--count"_qs,
              u"--rate"_qs, u"--concurrency"_qs, u"--deadline"_qs}) {
            if (m_line.has(option))
                refuse(
                    u"The plan says what is emitted and how often; leave out %1 or --plan."_qs.arg(
                        option));
        }
    }

    void readSpeed()
    {
        if (!wants(u"--speed"_qs))
            return;
        if (m_line.verb == u"emit"_qs && !m_line.has(u"--plan"_qs))
            return refuse(
                u"--speed is about the time of a plan; give a --plan, or leave it out."_qs);
        const Result<PlaySpeed> speed = playSpeed(m_line.value(u"--speed"_qs));
        if (speed)
            m_options.speed = *speed;
        else
            refuse(u"--speed: %1"_qs.arg(speed.error().message));
    }

    void readEvent()
    {
        if (m_line.has(u"--plan"_qs))
            return;
        m_options.event = m_line.words.value(0);
        if (m_options.event.isEmpty())
            refuse(u"emit needs the name of an event: fanfare-cli emit EVENT; "
                   u"`fanfare-cli plugins` lists the events there are."_qs);
        else if (m_line.words.size() > 1)
            refuse(u"emit takes one event, and %1 is one too many; arguments of the event go "
                   u"into --args, --named or --fields."_qs.arg(quoted(m_line.words.at(1))));
    }

    void readPayload()
    {
        if (wants(u"--args"_qs))
            readJson(u"--args"_qs, &QCborValue::isArray, u"a JSON array, such as '[1, \"two\"]'"_qs,
                     [this](const QCborValue &v) { m_options.arguments.positional = v.toArray(); });
        if (wants(u"--named"_qs))
            readJson(u"--named"_qs, &QCborValue::isMap, u"a JSON object, such as '{\"key\": 1}'"_qs,
                     [this](const QCborValue &v) { m_options.arguments.named = v.toMap(); });
        if (wants(u"--fields"_qs))
            readJson(u"--fields"_qs, &QCborValue::isMap, u"a JSON object, such as '{\"ms\": 5}'"_qs,
                     [this](const QCborValue &v) { m_options.arguments.fields = v.toMap(); });
    }

    template <typename Store>
    void readJson(const QString &option, bool (QCborValue::*fits)() const, const QString &wanted,
                  Store store)
    {
        const Result<QCborValue> value = parseJson(option, m_line.value(option));
        if (!value)
            refuse(value.error().message);
        else if (!((*value).*fits)())
            refuse(u"%1 must be %2, not %3."_qs.arg(option, wanted, quoted(m_line.value(option))));
        else
            store(*value);
    }

    void readEachFile()
    {
        if (!wants(u"--each-file"_qs))
            return;
        m_options.eachFile = m_line.value(u"--each-file"_qs);
        if (m_options.eachFile.isEmpty())
            refuse(u"--each-file needs the path of a folder: --each-file DIR."_qs);
    }

    /// A whole number from 1 to \a most. Else refuses, with \a unit behind "a whole number", and
    /// returns 0.
    quint64 readWhole(const QString &option, quint64 most, const QString &unit,
                      const QString &wayOut)
    {
        const std::optional<quint64> number = m_line.whole(option, most);
        if (!number)
            refuseValue(option, u"a whole number%1 from 1 to %2"_qs.arg(unit).arg(most), wayOut);
        return number.value_or(0);
    }

    void readCount()
    {
        if (wants(u"--count"_qs))
            m_options.count =
                readWhole(u"--count"_qs, maximumCount, {}, u"leave it out for one emission"_qs);
    }

    void readDeadline()
    {
        if (wants(u"--deadline"_qs))
            m_options.deadline = std::chrono::milliseconds(readWhole(
                u"--deadline"_qs, EmitCommand::maximumDeadline.count(), u" of milliseconds"_qs,
                u"leave it out for the deadlines of event and handler"_qs));
    }

    void readConcurrency()
    {
        if (wants(u"--concurrency"_qs))
            m_options.concurrency =
                quint32(readWhole(u"--concurrency"_qs, EmitCommand::maximumConcurrency, {},
                                  u"leave it out if no emission is to wait for others"_qs));
    }

    void readRate()
    {
        if (!wants(u"--rate"_qs))
            return;
        if (const auto rate = m_line.positive(u"--rate"_qs))
            m_options.rate = *rate;
        else
            refuseValue(u"--rate"_qs, u"a number of emissions a second above 0"_qs,
                        u"leave it out to emit as fast as possible"_qs);
    }

public:
    /// What run takes as well.
    Error readShared()
    {
        readSpeed();
        readQueue();
        return m_error;
    }

private:
    void readExecutor()
    {
        if (!wants(u"--executor"_qs))
            return;
        const QString name = m_line.value(u"--executor"_qs);
        if (name == u"processes")
            m_options.executor = ExecutorKind::Processes;
        else if (name == u"inline")
            m_options.executor = ExecutorKind::Inline;
        else if (name == u"cluster")
            m_options.executor = ExecutorKind::Cluster;
        else if (name != u"threads")
            refuseValue(u"--executor"_qs, u"threads, processes, inline or cluster"_qs,
                        u"leave it out for threads"_qs);
    }

    void readBroker()
    {
        if (!m_error.message.isEmpty())
            return;
        Result<BrokerOptions> cluster = parseBrokerOptions(m_line);
        if (!cluster)
            refuse(cluster.error().message, cluster.error().code);
        else
            m_options.cluster = *std::move(cluster);
        if (m_options.executor == ExecutorKind::Cluster && m_line.has(u"--workers"_qs))
            refuse(u"--workers is said where the workers are, to each host of a cluster; leave it "
                   u"out here."_qs);
    }

    void readWorkers()
    {
        if (wants(u"--workers"_qs))
            m_options.workers = int(
                readWhole(u"--workers"_qs, 256, {}, u"leave it out for one worker per core"_qs));
    }

    void readQueue()
    {
        if (wants(u"--queue-bound"_qs))
            m_options.queueBound = readWhole(u"--queue-bound"_qs, maximumQueue, u" of tasks"_qs,
                                             u"leave it out for 1000000"_qs);
        if (wants(u"--on-full"_qs)) {
            const auto policy = policyNamed(m_line.value(u"--on-full"_qs));
            if (!policy)
                refuseValue(u"--on-full"_qs, u"reject, block or drop-oldest"_qs,
                            u"leave it out to let emissions wait for room"_qs);
            m_options.onFull = policy.value_or(m_options.onFull);
        }
    }

    void readTimeout()
    {
        if (!wants(u"--timeout"_qs))
            return;
        const auto seconds = m_line.positive(u"--timeout"_qs);
        if (!seconds || *seconds > 1e6) // what a timer can hold is 24 days, 2.1e6 s
            refuseValue(u"--timeout"_qs, u"a number of seconds above 0 and up to 1000000"_qs,
                        u"leave it out to wait as long as it takes"_qs);
        else
            m_options.timeout = std::chrono::milliseconds(qint64(std::ceil(*seconds * 1000)));
    }

    void readTrace()
    {
        if (!wants(u"--trace"_qs))
            return;
        m_options.traceFile = m_line.value(u"--trace"_qs);
        if (m_options.traceFile.isEmpty())
            refuse(u"--trace needs the path of a file: --trace FILE."_qs);
    }

    const CommandLine &m_line;
    Options &m_options;
    Error m_error{ErrorCode::InvalidArgument, {}};
};

Result<Options> readRunVerb(const CommandLine &line, Options options)
{
    options.verb = line.verb == u"run" ? Verb::Run
        : line.verb == u"compare"      ? Verb::Compare
        : line.verb == u"export"       ? Verb::Export
        : line.verb == u"import"       ? Verb::Import
                                       : Verb::Runs;
    Result<RunOptions> run = parseRunOptions(line);
    if (!run)
        return run.error();
    options.run = *std::move(run);
    if (const Error error = EmitReader(line, options).readShared(); !error.message.isEmpty())
        return error;
    Result<BrokerOptions> cluster = parseBrokerOptions(line);
    if (!cluster)
        return cluster.error();
    options.cluster = *std::move(cluster);
    return options;
}

Result<Options> readNewPlugin(const CommandLine &line)
{
    Options options;
    options.verb = Verb::NewPlugin;
    options.newPlugin = {line.words.value(0), line.value(u"--dir"_qs)};
    if (line.words.size() != 1)
        return Error{ErrorCode::InvalidArgument,
                     u"new-plugin needs one name: fanfare-cli new-plugin NAME."_qs};
    if (const Result<void> name = checkPluginName(options.newPlugin.name); !name)
        return name.error();
    return options;
}

Result<Options> readCluster(const CommandLine &line)
{
    Options options;
    options.verb = Verb::Cluster;
    options.json = line.has(u"--json"_qs);
    Result<ClusterQuery> query = parseClusterVerb(line);
    if (!query)
        return query.error();
    options.query = *std::move(query);
    return options;
}

Result<Options> readVerb(const CommandLine &line)
{
    if (line.verb == u"new-plugin")
        return readNewPlugin(line);
    if (line.verb == u"cluster")
        return readCluster(line);
    Options options;
    options.pluginFolders = line.values.value(u"--plugins"_qs);
    options.json = line.has(u"--json"_qs);
    options.isSafe = line.has(u"--safe-mode"_qs);
    if (options.isSafe && !options.pluginFolders.isEmpty())
        return Error{
            ErrorCode::InvalidArgument,
            u"--safe-mode uses only the bundled plugins, and --plugins names others; leave "
            u"out one of them."_qs};
    if (line.verb == u"plugins") {
        options.verb = Verb::Plugins;
        if (!line.words.isEmpty())
            return Error{
                ErrorCode::InvalidArgument,
                u"plugins takes no words, and %1 is one; a folder goes into --plugins DIR."_qs.arg(
                    quoted(line.words.first()))};
        options.schema = line.value(u"--schema"_qs);
        if (line.has(u"--schema"_qs) && options.schema.isEmpty())
            return Error{ErrorCode::InvalidArgument,
                         u"--schema needs the name of an event: --schema EVENT; `fanfare-cli "
                         u"plugins` lists the events there are."_qs};
        options.lift = line.value(u"--lift"_qs);
        if (line.has(u"--lift"_qs) && options.lift.isEmpty())
            return Error{ErrorCode::InvalidArgument,
                         u"--lift needs the name of a handler: --lift HANDLER; `fanfare-cli "
                         u"plugins` says which ones are quarantined."_qs};
        return options;
    }
    if (line.verb != u"emit")
        return readRunVerb(line, options);
    options.verb = Verb::Emit;
    if (const Error error = EmitReader(line, options).read(); !error.message.isEmpty())
        return error;
    return options;
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    const QStringList verbs{u"plugins"_qs, u"emit"_qs,   u"run"_qs,    u"compare"_qs,
                            u"runs"_qs,    u"export"_qs, u"import"_qs, u"new-plugin"_qs,
                            u"cluster"_qs, u"help"_qs};
    const Result<CommandLine> line = splitCommandLine(arguments);
    if (!line)
        return line.error();
    Options options;
    if (line->wantsVersion) {
        options.verb = Verb::Version;
        return options;
    }
    if (!line->verb.isEmpty() && !verbs.contains(line->verb))
        return Error{ErrorCode::InvalidArgument,
                     u"There is no verb %1%2; `fanfare-cli --help` lists them."_qs.arg(
                         quoted(line->verb), didYouMean(line->verb, verbs))};
    if (line->wantsHelp || line->verb == u"help") {
        options.helpTopic = line->verb == u"help" ? line->words.value(0) : line->verb;
        return options;
    }
    if (line->verb.isEmpty())
        return Error{ErrorCode::InvalidArgument,
                     u"Say what to do: `fanfare-cli plugins` or `fanfare-cli emit EVENT`; "
                     u"`fanfare-cli --help` tells more."_qs};
    return readVerb(*line);
}

} // namespace Fanfare::Cli
