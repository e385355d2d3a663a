// SPDX-License-Identifier: MIT
#include "clusteragentrole.h"

#include "processguard.h"

#include <fanfare/base/heap.h>
#include <fanfare/cluster/brokertransport.h>
#include <fanfare/cluster/clusteragent.h>
#include <fanfare/processes/orphans.h>
#include <fanfare/processes/runmark.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <thread>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int usageCode = 2;
static constexpr int maximumWorkers = 256;
static constexpr int maximumMinutes = 7 * 24 * 60; // of a task

static void say(const QString &sentence)
{
    const QByteArray line = sentence.toUtf8() + '\n';
    std::fputs(line.constData(), stderr);
}

static QList<QCommandLineOption> agentOptions()
{
    return {
        {u"broker"_s, u"Where the message broker is: amqps://USER@HOST/VHOST."_s, u"URL"_s},
        {u"broker-password-file"_s,
         u"Holds the password of the broker, readable by its owner only; else %1 does."_s.arg(
             QLatin1StringView(brokerPasswordVariable)),
         u"FILE"_s},
        {u"broker-plain-text"_s, u"Allow amqp:// to another machine: everybody can read it."_s},
        {u"workers"_s, u"Tasks that run at once; one per core unless said otherwise."_s, u"N"_s},
        {u"plugins"_s, u"A folder of plugins, the only code that is run; may be repeated."_s,
         u"DIR"_s},
        {u"name"_s, u"What this host is called; the name of the machine otherwise."_s, u"NAME"_s},
        {u"longest-task"_s,
         u"Minutes that an idempotent task may run, 25 unless said otherwise; the consumer_timeout "
         "of the broker has to be longer."_s,
         u"MINUTES"_s},
        {u"state"_s, u"A folder to remember handlers in that crash."_s, u"DIR"_s}};
}

/// What \a parser says, with the \a password of the environment, or nothing, after a sentence about
/// what is wrong.
static std::optional<AgentOptions> optionsFrom(const QCommandLineParser &parser,
                                               const QString &password)
{
    AgentOptions options;
    BrokerSecrets secrets;
    secrets.password = password;
    secrets.passwordFile = parser.value(u"broker-password-file"_s);
    secrets.allowsPlainText = parser.isSet(u"broker-plain-text"_s);
    const auto address = brokerAddress(parser.value(u"broker"_s), secrets);
    if (!address) {
        say(address.error().message);
        return {};
    }
    options.address = *address;
    options.hostName = parser.value(u"name"_s);
    options.pluginFolders = parser.values(u"plugins"_s);
    options.rules.stateFolder = parser.value(u"state"_s);
    options.pool.hostPath = QCoreApplication::applicationFilePath();
    options.pool.minimumWorkers = 1; // what comes after a rest does not wait for a process
    if (options.pluginFolders.isEmpty()) {
        say(u"A host without plugins runs nothing; name a folder with --plugins."_s);
        return {};
    }
    if (parser.isSet(u"longest-task"_s)) {
        bool isNumber = false;
        const int minutes = parser.value(u"longest-task"_s).toInt(&isNumber);
        if (!isNumber || minutes < 1 || minutes > maximumMinutes) {
            say(u"--longest-task takes minutes from 1 to %1."_s.arg(maximumMinutes));
            return {};
        }
        options.longestTask = std::chrono::minutes(minutes);
    }
    if (parser.isSet(u"workers"_s)) {
        bool isNumber = false;
        options.pool.workers = parser.value(u"workers"_s).toInt(&isNumber);
        if (!isNumber || options.pool.workers < 1 || options.pool.workers > maximumWorkers) {
            say(u"--workers takes a number from 1 to %1."_s.arg(maximumWorkers));
            return {};
        }
    }
    return options;
}

static int wakeDescriptor = -1; // written to by the signal handler

/// A descriptor that can be read when somebody wants this process to end; -1 when there is none.
static int endingDescriptor()
{
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    wakeDescriptor = ends[1];
    for (const int signal : {SIGTERM, SIGINT}) {
        std::signal(signal, [](int) {
            const char byte = 0;
            [[maybe_unused]] const auto written = write(wakeDescriptor, &byte, 1);
        });
    }
    return ends[0];
}

static void tellStatus(const BrokerStatus &status, const BrokerAddress &address)
{
    if (status.state == BrokerState::Connected && status.sentence.isEmpty())
        say(u"Connected to %1."_s.arg(address.text()));
    else if (!status.sentence.isEmpty())
        say(status.sentence);
}

static void drainAtSignals(QSocketNotifier &notifier, ClusterAgent &agent)
{
    QObject::connect(&notifier, &QSocketNotifier::activated, &agent, [&agent, &notifier] {
        char byte = 0;
        if (read(int(notifier.socket()), &byte, 1) == 1) {
            say(u"Ending: no more tasks are taken, what runs is finished."_s);
            agent.drain();
        }
    });
}

int runClusterAgent(int argc, char **argv)
{
    const QString password = takeBrokerPassword(); // no handler needs it
    returnLargeBlocks();
    const int ending = endingDescriptor();
    disableCoreFiles();
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication application(argc, argv);
    QCoreApplication::setLibraryPaths({});
    QCommandLineParser parser;
    parser.setApplicationDescription(u"One host of a cluster: runs tasks of a message broker."_s);
    parser.addHelpOption();
    parser.addOptions(agentOptions());
    parser.process(QCoreApplication::arguments().mid(1)); // without the role
    const auto options = optionsFrom(parser, password);
    if (!options)
        return usageCode;
    auto transport = makeBrokerTransport();
    if (!transport) {
        say(transport.error().message);
        return usageCode;
    }
    qputenv(RunMark::variable.data(),
            QByteArray::fromStdString(RunMark::ofThisProcess(0).toText()));
    std::thread(&killOrphans).detach(); // of former agents

    ClusterAgent agent(*options, *std::move(transport));
    QSocketNotifier notifier(ending, QSocketNotifier::Read);
    drainAtSignals(notifier, agent);
    QObject::connect(&agent, &ClusterAgent::statusChanged, &agent,
                     [&](const BrokerStatus &status) { tellStatus(status, options->address); });
    QObject::connect(&agent, &ClusterAgent::warned, &agent, &say);
    QObject::connect(&agent, &ClusterAgent::ready, &agent, [&agent] {
        say(u"Ready: %1 workers, %2 plugins."_s.arg(agent.presence().slots)
                .arg(agent.presence().plugins.size()));
    });
    QObject::connect(&agent, &ClusterAgent::finished, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    agent.start();
    return QCoreApplication::exec();
}

} // namespace Fanfare
