// SPDX-License-Identifier: MIT
#include "options.h"

#include "enginesettings.h"
#include "runlink.h"

#include <fanfare/cluster/brokeraddress.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Options)
};

Error wrong(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Text::tr("Emit events, run handlers on threads or processes, watch every one of them."));
    parser.addPositionalArgument(
        u"run"_s, Text::tr("Run files (.ffrun), Chrome traces or links (fanfare://run/…) to show."),
        u"[RUN...]"_s);
    QCommandLineOption emitOption(
        u"emit"_s, Text::tr("Emit EVENT count times, rate per second, at the start."),
        Text::tr("EVENT[:count[@rate]]"));
    emitOption.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({
        {u"plugins"_s, Text::tr("Look for plugins in DIR; may be given several times."), u"DIR"_s},
        {u"safe-mode"_s, Text::tr("Use only the bundled plugins.")},
        {u"workers"_s, Text::tr("Run handlers on N workers (1 to 256)."), u"N"_s},
        {u"executor"_s,
         Text::tr("Run handlers on threads, processes or a cluster (default: as last time)."),
         u"NAME"_s},
        {u"broker"_s,
         Text::tr("The message broker of the cluster (default: as last time); the password is "
                  "taken from FANFARE_BROKER_PASSWORD."),
         u"URL"_s},
        {u"broker-password-file"_s, Text::tr("Take it from FILE, which only you can read."),
         u"FILE"_s},
        {u"broker-plain-text"_s, Text::tr("Allow amqp:// to another machine.")},
        {u"queue-bound"_s, Text::tr("Let N tasks at most wait for a worker."), u"N"_s},
        {u"on-full"_s,
         Text::tr("When the queue is full: block (emissions wait for room), reject (their "
                  "tasks end as Rejected) or drop-oldest."),
         u"RULE"_s},
        {u"runs"_s, Text::tr("Keep runs in DIR (default: those of the user)."), u"DIR"_s},
        {u"compare"_s,
         Text::tr("Compare the first RUN with the others, which are rounds of the same.")},
        {u"new-window"_s,
         Text::tr("Open a window of its own. Else a window that is open shows what is named here; "
                  "all options but --runs mean a new one, too.")},
        {u"demo"_s, Text::tr("Play the demo at the start.")},
        {u"theme"_s, Text::tr("Colors: light, dark or system (default: as last time)."), u"NAME"_s},
        {u"reset-layout"_s, Text::tr("Forget where the panes were.")},
        {u"screenshot"_s, Text::tr("Write a picture of the window to FILE and leave."), u"FILE"_s},
        {u"screenshot-after"_s, Text::tr("Milliseconds until then (default 3000)."), u"MS"_s,
         u"3000"_s},
        {u"trace"_s, Text::tr("Write all finished tasks to FILE as a Chrome trace when leaving."),
         u"FILE"_s},
        {u"frame-log"_s, Text::tr("Write the timeline's frame times to FILE when leaving."),
         u"FILE"_s},
        {{u"h"_s, u"help"_s}, Text::tr("Show this help.")},
        {{u"v"_s, u"version"_s}, Text::tr("Show the version.")},
        emitOption,
    });
}

/// Qt knows the name of the program only from an application object, which would need a display.
QString helpText(const QCommandLineParser &parser)
{
    return parser.helpText().replace(u"<executable_name>"_s, u"fanfare"_s);
}

Result<qint64> numberIn(const QCommandLineParser &parser, const QString &option, qint64 least,
                        qint64 most)
{
    bool isNumber = false;
    const QString text = parser.value(option);
    const qint64 value = text.toLongLong(&isNumber);
    if (isNumber && value >= least && value <= most)
        return value;
    return wrong(Text::tr("--%1 must be a whole number from %2 to %3, not \"%4\".")
                     .arg(option)
                     .arg(least)
                     .arg(most)
                     .arg(text));
}

Result<std::optional<ColorScheme>> colorSchemeOf(const QString &name)
{
    if (name.isNull())
        return std::optional<ColorScheme>();
    if (name == "system"_L1)
        return std::optional(ColorScheme::System);
    if (name == "light"_L1)
        return std::optional(ColorScheme::Light);
    if (name == "dark"_L1)
        return std::optional(ColorScheme::Dark);
    return wrong(Text::tr("--theme must be light, dark or system, not \"%1\".").arg(name));
}

Result<EmitCommand> commandOf(const QString &text)
{
    static const QRegularExpression form(u"^([^:]+)(?::([1-9]\\d{0,14})(?:@(\\d{1,9}))?)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return wrong(Text::tr("--emit must be EVENT, EVENT:count or EVENT:count@rate, not \"%1\".")
                         .arg(text));
    EmitCommand command;
    command.event = match.captured(1);
    if (match.hasCaptured(2))
        command.count = match.captured(2).toULongLong();
    if (match.hasCaptured(3))
        command.rate = match.captured(3).toDouble();
    return command;
}

Result<void> readNumbers(const QCommandLineParser &parser, Options &options)
{
    if (parser.isSet(u"workers"_s)) {
        const Result<qint64> workers = numberIn(parser, u"workers"_s, 1, 256);
        if (!workers)
            return workers.error();
        options.workers = int(*workers);
    }
    if (parser.isSet(u"queue-bound"_s)) {
        const Result<qint64> bound = numberIn(parser, u"queue-bound"_s, 1, 10'000'000);
        if (!bound)
            return bound.error();
        options.queueBound = quint64(*bound);
    }
    const Result<qint64> after = numberIn(parser, u"screenshot-after"_s, 0, 3'600'000);
    if (!after)
        return after.error();
    options.screenshotAfter = std::chrono::milliseconds(*after);
    return {};
}

/// What can be known of it before anything is started.
Result<void> readBroker(const QCommandLineParser &parser, Options &options)
{
    if (!parser.isSet(u"broker"_s))
        return {};
    const QString file = parser.value(u"broker-password-file"_s);
    const BrokerChoice broker{parser.value(u"broker"_s),
                              file.isEmpty() ? file : QFileInfo(file).absoluteFilePath(),
                              parser.isSet(u"broker-plain-text"_s)};
    const auto address = brokerAddress(broker.url, {broker.passwordFile, broker.allowsPlainText});
    if (!address)
        return address.error();
    options.broker = broker;
    return {};
}

Result<void> readEngine(const QCommandLineParser &parser, Options &options)
{
    const QString executor = parser.value(u"executor"_s);
    if (parser.isSet(u"executor"_s)) {
        options.executor = executorNamed(executor);
        if (!options.executor)
            return wrong(Text::tr("--executor must be threads, processes or cluster, not \"%1\".")
                             .arg(executor));
    }
    if (const Result<void> broker = readBroker(parser, options); !broker)
        return broker;
    const QString rule = parser.value(u"on-full"_s);
    if (parser.isSet(u"on-full"_s)) {
        options.onFull = policyNamed(rule);
        if (!options.onFull)
            return wrong(
                Text::tr("--on-full must be block, reject or drop-oldest, not \"%1\".").arg(rule));
    }
    return {};
}

Result<void> readNames(const QCommandLineParser &parser, Options &options)
{
    const Result<std::optional<ColorScheme>> scheme =
        colorSchemeOf(parser.isSet(u"theme"_s) ? parser.value(u"theme"_s) : QString());
    if (!scheme)
        return scheme.error();
    options.colorScheme = *scheme;
    for (const QString &text : parser.values(u"emit"_s)) {
        const Result<EmitCommand> command = commandOf(text);
        if (!command)
            return command.error();
        options.commands.append(*command);
    }
    for (const QString &folder : parser.values(u"plugins"_s))
        options.pluginFolders.append(QDir(folder).absolutePath());
    options.isSafe = parser.isSet(u"safe-mode"_s);
    if (options.isSafe && !options.pluginFolders.isEmpty())
        return wrong(Text::tr("--safe-mode uses only the bundled plugins, and --plugins names "
                              "others; leave out one of them."));
    return {};
}

Result<void> readRuns(const QCommandLineParser &parser, Options &options)
{
    for (const QString &text : parser.positionalArguments()) {
        if (isRunLink(text)) {
            options.links.append(text);
            continue;
        }
        const QFileInfo file(text.startsWith("file://"_L1) ? QUrl(text).toLocalFile() : text);
        if (!file.isFile())
            return wrong(Text::tr("Nothing can be done with \"%1\": there is no such file to "
                                  "open as a run.")
                             .arg(text));
        options.runFiles.append(file.absoluteFilePath());
    }
    options.compareRuns = parser.isSet(u"compare"_s);
    if (options.compareRuns && options.runFiles.size() < 2)
        return wrong(Text::tr("--compare needs two runs or more."));
    if (parser.isSet(u"runs"_s))
        options.runFolder = QDir(parser.value(u"runs"_s)).absolutePath();
    return {};
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    const QString wayOut = u' ' + Text::tr("Try --help.");
    if (!parser.parse(arguments))
        return wrong(parser.errorText() + wayOut);
    Options options;
    if (parser.isSet(u"help"_s))
        options.information = helpText(parser);
    else if (parser.isSet(u"version"_s))
        options.information = u"fanfare " FANFARE_VERSION "\n"_s;
    if (const Result<void> fine = readNumbers(parser, options); !fine)
        return wrong(fine.error().message + wayOut);
    if (const Result<void> fine = readEngine(parser, options); !fine)
        return wrong(fine.error().message + wayOut);
    if (const Result<void> fine = readNames(parser, options); !fine)
        return wrong(fine.error().message + wayOut);
    if (const Result<void> fine = readRuns(parser, options); !fine)
        return wrong(fine.error().message + wayOut);
    options.isNewWindow = parser.isSet(u"new-window"_s);
    options.isPlain = std::ranges::all_of(parser.optionNames(),
                                          [](const QString &name) { return name == "runs"_L1; });
    options.resetLayout = parser.isSet(u"reset-layout"_s);
    options.playDemo = parser.isSet(u"demo"_s);
    options.screenshot = parser.value(u"screenshot"_s);
    options.frameLog = parser.value(u"frame-log"_s);
    options.traceFile = parser.value(u"trace"_s);
    return options;
}

} // namespace Fanfare
