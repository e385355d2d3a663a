// SPDX-License-Identifier: MIT
// R22: payloads that are too large for a frame go there and back while workers are killed.
#include "bar.h"
#include "chaosrun.h"

#include <QFile>

#include <csignal>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

static constexpr int workers = 2;
static constexpr qsizetype payloadSize = 24 * 1024 * 1024; // bytes; a frame has 16 MiB at most
static constexpr quint64 open = 2;                         // tasks at a time: below the bound
static constexpr quint64 killEvery = 3;                    // tasks
static constexpr std::chrono::seconds limit{60};

namespace {

struct PayloadAccount
{
    quint64 whole = 0;
    quint64 damaged = 0;
    quint64 lost = 0; // Crashed, as told
    quint64 unended = 0;
    quint64 kills = 0;
};

} // namespace

/// How often this process has mapped what it shares with workers.
static qint64 sharedMappings()
{
    QFile maps(u"/proc/self/maps"_s);
    return maps.open(QIODevice::ReadOnly) ? maps.readAll().count("memfd:fanfare-payloads") : -1;
}

static void killOne(std::mt19937_64 &random, PayloadAccount &account)
{
    const std::vector<qint64> children = childProcesses();
    if (children.empty())
        return;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 500'000)); // while it runs
    account.kills += ::kill(pid_t(children[random() % children.size()]), SIGKILL) == 0;
}

static void take(const Emission &emission, const QByteArray &payload, PayloadAccount &account)
{
    if (!emission.waitForFinished(limit)) {
        ++account.unended;
        return;
    }
    const TaskStatus status = emission.tasks().at(0);
    if (status.outcome == Outcome::Crashed)
        ++account.lost;
    else if (status.result.toByteArray() == payload)
        ++account.whole;
    else
        ++account.damaged;
}

static PayloadAccount sendAll(quint64 tasks, quint64 seed)
{
    PayloadAccount account;
    std::mt19937_64 random(seed);
    EventLinker linker;
    const Event event(u"echo"_s);
    SubscriberOptions subscriber;
    subscriber.handler = remoteHandler(QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"),
                                       u"org.fanfare.test.paces"_s, u"echo"_s);
    (void)*linker.subscribe({event}, std::move(subscriber));
    ProcessPoolExecutor executor(
        {.workers = workers, .hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host")});
    EventEmitter emitter(linker, executor);
    for (quint64 i = 0; i < tasks; i += open) {
        const QByteArray payload(payloadSize + qsizetype(i), char(i));
        std::vector<Emission> emissions;
        for (quint64 k = 0; k < open; ++k)
            emissions.push_back(*emitter.emit(event, {{payload}, {}, {}}));
        if (i / open % killEvery == 0)
            killOne(random, account);
        for (const Emission &emission : emissions)
            take(emission, payload, account);
    }
    return account;
}

BarResult runLargePayloads(const BarOptions &options)
{
    const quint64 tasks = options.schedules.value_or(120);
    const quint64 descriptors = openDescriptors();
    const PayloadAccount account = sendAll(tasks, options.seed.value_or(1));
    const auto leftProcesses = qint64(childProcesses().size());
    const qint64 leftDescriptors = qint64(openDescriptors()) - qint64(descriptors);
    BarResult bar{{{u"tasks"_s, qint64(tasks)},
                   {u"kills"_s, qint64(account.kills)},
                   {u"whole"_s, qint64(account.whole)},
                   {u"crashed"_s, qint64(account.lost)},
                   {u"damaged"_s, qint64(account.damaged)},
                   {u"leftProcesses"_s, leftProcesses},
                   {u"leftDescriptors"_s, leftDescriptors},
                   {u"leftMappings"_s, sharedMappings()}},
                  {}};
    if (account.unended > 0)
        bar.problem = u"%1 tasks have no end."_s.arg(account.unended);
    else if (account.damaged > 0)
        bar.problem = u"%1 payloads did not come back as they were."_s.arg(account.damaged);
    else if (account.lost > account.kills * open)
        bar.problem = u"More tasks were lost than workers could take along."_s;
    else if (leftProcesses > 0 || leftDescriptors > 0 || sharedMappings() != 0)
        bar.problem = u"Something is left behind."_s;
    return bar;
}
