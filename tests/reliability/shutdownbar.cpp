// SPDX-License-Identifier: MIT
// R11: a pool that is shut down at any moment, in every way, while workers are killed.
#include "bar.h"
#include "chaosrun.h"

#include <fanfare/base/clock.h>

#include <csignal>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr int tasks = 40;
static constexpr qint64 taskMicroseconds = 2'000;
static constexpr double longestSeconds = 1.5; // what is queued may run, and a second on top

namespace {

enum class Way { Drain, Cancel, ReturnAndDrain, ReturnAndCancel, Now, Escalate };
constexpr int wayCount = 6;

struct Round
{
    quint64 accepted = 0;
    quint64 ended = 0;
    double seconds = 0;
};

} // namespace

static void shutDown(ProcessPoolExecutor &executor, Way way)
{
    switch (way) {
    case Way::Drain:
        (void)executor.shutdown(ShutdownMode::Wait, PendingMode::Drain);
        return;
    case Way::Cancel:
        (void)executor.shutdown(ShutdownMode::Wait, PendingMode::CancelQueued);
        return;
    case Way::ReturnAndDrain:
        (void)executor.shutdown(ShutdownMode::Return, PendingMode::Drain);
        return;
    case Way::ReturnAndCancel:
        (void)executor.shutdown(ShutdownMode::Return, PendingMode::CancelQueued);
        return;
    case Way::Now:
        executor.shutdownNow();
        return;
    case Way::Escalate:
        (void)executor.shutdown(ShutdownMode::Return, PendingMode::Drain);
        (void)executor.shutdown(ShutdownMode::Wait, PendingMode::CancelQueued);
        return;
    }
}

/// One pool from its beginning to its end, with one kill at a random moment.
static Round runRound(Way way, std::mt19937_64 &random)
{
    Round round;
    Recorder recorder;
    EventLinker linker;
    const Event event(u"sleepDeeply"_s);
    SubscriberOptions subscriber;
    subscriber.handler = remoteHandler(QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"),
                                       u"org.fanfare.test.paces"_s, u"sleepDeeply"_s);
    (void)*linker.subscribe({event}, std::move(subscriber));
    auto executor = std::make_unique<ProcessPoolExecutor>(
        ProcessPoolOptions{.workers = 4,
                           .recorder = &recorder,
                           .hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host")});
    EventEmitter emitter(linker, *executor);
    for (int i = 0; i < tasks; ++i)
        round.accepted += bool(emitter.emit(event, {{taskMicroseconds / 1000}, {}, {}}));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
    const std::vector<qint64> workers = childProcesses();
    if (!workers.empty())
        ::kill(pid_t(workers[random() % workers.size()]), SIGKILL);
    const qint64 begin = MonotonicClock::now();
    shutDown(*executor, way);
    executor.reset();
    round.seconds = double(MonotonicClock::now() - begin) / 1e9;
    round.ended = recorder.drain().spans.size();
    return round;
}

BarResult runShutdowns(const BarOptions &options)
{
    const quint64 rounds = options.schedules.value_or(200);
    std::mt19937_64 random(options.seed.value_or(1));
    const quint64 descriptors = openDescriptors();
    quint64 unended = 0;
    double longest = 0;
    for (quint64 i = 0; i < rounds * wayCount; ++i) {
        const Round round = runRound(Way(i % wayCount), random);
        unended += round.accepted - round.ended;
        longest = std::max(longest, round.seconds);
    }
    const auto leftProcesses = qint64(childProcesses().size());
    const qint64 leftDescriptors = qint64(openDescriptors()) - qint64(descriptors);
    BarResult bar{{{u"shutdowns"_s, qint64(rounds * wayCount)},
                   {u"longest"_s, longest},
                   {u"unended"_s, qint64(unended)},
                   {u"leftProcesses"_s, leftProcesses},
                   {u"leftDescriptors"_s, leftDescriptors}},
                  {}};
    if (unended > 0)
        bar.problem = u"%1 accepted tasks have no end."_s.arg(unended);
    else if (leftProcesses > 0 || leftDescriptors > 0)
        bar.problem = u"Something is left behind."_s;
    else if (longest > longestSeconds)
        bar.problem = u"A shutdown took %1 s."_s.arg(longest);
    return bar;
}
