// SPDX-License-Identifier: MIT
#include "chaosrun.h"

#include <fanfare/base/clock.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <random>
#include <stop_token>
#include <thread>
#include <unordered_map>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// Whether it is no worker, but what cleans up behind them.
static bool isGuard(const QByteArray &pid)
{
    QFile line(u"/proc/%1/cmdline"_s.arg(QString::fromLatin1(pid)));
    return line.open(QIODevice::ReadOnly) && line.readAll().split('\0').value(1) == "guard";
}

std::vector<qint64> childProcesses(qint64 process)
{
    std::vector<qint64> children;
    const QString tasks =
        u"/proc/%1/task/"_s.arg(process > 0 ? QString::number(process) : u"self"_s);
    for (const QString &thread : QDir(tasks).entryList(QDir::Dirs)) {
        QFile file(tasks + thread + u"/children"_s);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &pid : file.readAll().simplified().split(' ')) {
            if (!pid.isEmpty() && !isGuard(pid))
                children.push_back(pid.toLongLong());
        }
    }
    return children;
}

bool isAlive(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

quint64 openDescriptors()
{
    return quint64(QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size());
}

double percentile(const std::vector<double> &values, double share)
{
    return values.empty() ? 0 : values[size_t(double(values.size() - 1) * share)];
}

quint64 workerFolders()
{
    return quint64(QDir(QDir::tempPath()).entryList({u"fanfare-worker-*"_s}, QDir::Dirs).size());
}

void Progress::tell(quint64 done, quint64 all)
{
    static constexpr qint64 pause = 10'000'000'000; // ns
    const qint64 now = MonotonicClock::now();
    if (now < m_next)
        return;
    if (m_next > 0)
        std::fprintf(stderr, "  %llu of %llu tasks have ended\n", qulonglong(done),
                     qulonglong(all));
    m_next = now + pause;
}

HandlerEntryPoint remoteHandler(const QString &file, const QString &plugin, const QString &name)
{
    HandlerEntryPoint handler;
    handler.run = [](Context &) -> QCborValue { qFatal("ran in this process"); };
    handler.identity = {plugin, name, file, {}};
    return handler;
}

QString ChaosResult::problem(quint64 tasks, quint64 allowedStarts) const
{
    if (lost > 0 || recorded != tasks)
        return u"%1 of %2 tasks have no end."_s.arg(lost).arg(tasks);
    if (doubled > 0)
        return u"%1 tasks ended twice."_s.arg(doubled);
    if (mostStarts > allowedStarts)
        return u"A task was started %1 times."_s.arg(mostStarts);
    if (falseSuccesses > 0)
        return u"%1 tasks are called Succeeded and did not end."_s.arg(falseSuccesses);
    if (leftFiles > 0)
        return u"%1 temporary files are left."_s.arg(leftFiles);
    if (wrongTimes > 0)
        return u"%1 tasks have times that are not in order."_s.arg(wrongTimes);
    if (leftProcesses > 0 || leftDescriptors > 0)
        return u"%1 processes and %2 descriptors are left."_s.arg(leftProcesses)
            .arg(leftDescriptors);
    return {};
}

namespace {

using Kills = std::unordered_map<qint64, std::vector<qint64>>; // times by process id, in order

/// Kills a random worker again and again, on a thread of its own, until it is destroyed.
class Killer
{
public:
    Killer(std::chrono::microseconds pause, quint64 seed)
        : m_pause(pause)
        , m_random(seed)
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    Kills stop()
    {
        m_thread.request_stop();
        m_thread.join();
        return std::move(m_kills);
    }

private:
    void run(const std::stop_token &stop)
    {
        auto due = std::chrono::steady_clock::now();
        while (!stop.stop_requested()) {
            // What this thread is late is not made up for: that would be a burst.
            due = std::max(due + m_pause, std::chrono::steady_clock::now());
            std::this_thread::sleep_until(due);
            std::vector<qint64> workers = childProcesses();
            std::erase_if(workers, [](qint64 pid) { return !isAlive(pid); });
            if (workers.empty())
                continue;
            const qint64 victim = workers[m_random() % workers.size()];
            const qint64 now = MonotonicClock::now();
            if (::kill(pid_t(victim), SIGKILL) == 0)
                m_kills[victim].push_back(now);
        }
    }

    const std::chrono::microseconds m_pause;
    std::mt19937_64 m_random; // used by the thread only
    Kills m_kills;            // the same
    std::jthread m_thread;
};

struct Account
{
    quint64 starts = 0;
    quint64 ends = 0;
};

class Run
{
public:
    explicit Run(const ChaosPlan &plan);

    ChaosResult result();

private:
    ProcessPoolOptions options() const;
    void emitAll();
    void drain();
    void addSpan(const SpanRecord &span);
    void readAccount();
    void addKills(const Kills &kills);

    const ChaosPlan m_plan;
    const quint64 m_descriptors = openDescriptors();
    const quint64 m_folders = workerFolders();
    QTemporaryDir m_folder;
    const QString m_file = m_folder.filePath(u"account"_s);
    std::atomic<quint64> m_callbacks = 0;
    Recorder m_recorder;
    EventLinker m_linker;
    std::unique_ptr<ProcessPoolExecutor> m_executor;
    std::unique_ptr<EventEmitter> m_emitter;
    std::vector<Emission> m_canceled;
    ChaosResult m_result;
    std::unordered_map<quint64, Outcome> m_ends;
    std::vector<LaneEvent> m_laneEvents;
};

} // namespace

Run::Run(const ChaosPlan &plan)
    : m_plan(plan)
{
    QFile(m_file).open(QIODevice::WriteOnly);
    m_executor = std::make_unique<ProcessPoolExecutor>(options());
    m_emitter = std::make_unique<EventEmitter>(m_linker, *m_executor);
    for (const QString &name : {u"note"_s, u"dieAtFirst"_s}) {
        SubscriberOptions subscriber;
        subscriber.handler =
            remoteHandler(QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"),
                          u"org.fanfare.test.paces"_s, name);
        subscriber.handler.isIdempotent = m_plan.isIdempotent;
        subscriber.onSuccess = [this](Context &, const QCborValue &) { ++m_callbacks; };
        subscriber.onFailure = [this](Context &, Outcome, const TaskError &) { ++m_callbacks; };
        (void)*m_linker.subscribe({Event(name)}, std::move(subscriber));
    }
}

ProcessPoolOptions Run::options() const
{
    ProcessPoolOptions options;
    options.workers = m_plan.workers;
    options.recorder = const_cast<Recorder *>(&m_recorder);
    options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    options.recycling = m_plan.recycling;
    return options;
}

void Run::emitAll()
{
    std::mt19937_64 random(m_plan.seed);
    for (quint64 i = 1; i <= m_plan.tasks; ++i) {
        const bool isPoison = m_plan.poisonEvery > 0 && i % m_plan.poisonEvery == 0;
        const auto emission = isPoison
            ? m_emitter->emit(Event(u"dieAtFirst"_s), {{99}, {}, {}})
            : m_emitter->emit(Event(u"note"_s), {{m_file, m_plan.taskMicroseconds}, {}, {}});
        if (emission && m_plan.cancelEvery > 0 && i % m_plan.cancelEvery == 0)
            m_canceled.push_back(*emission);
    }
    std::shuffle(m_canceled.begin(), m_canceled.end(), random);
}

void Run::drain()
{
    const TraceBatch batch = m_recorder.drain();
    for (const SpanRecord &span : batch.spans)
        addSpan(span);
    m_laneEvents.insert(m_laneEvents.end(), batch.laneEvents.begin(), batch.laneEvents.end());
}

void Run::addSpan(const SpanRecord &span)
{
    ++m_result.recorded;
    ++m_result.outcomes[size_t(span.outcome)];
    if (!m_ends.emplace(quint64(span.task.emission), span.outcome).second)
        ++m_result.doubled;
    const qint64 sent = span.started - qint64(span.sentBefore);
    if (span.queued > sent || sent > span.started || span.started > span.finished)
        ++m_result.wrongTimes;
}

void Run::readAccount()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    std::unordered_map<quint64, Account> accounts;
    while (!file.atEnd()) {
        const QList<QByteArray> words = file.readLine().simplified().split(' ');
        Account &account = accounts[words.value(1).toULongLong()];
        ++(words.value(0) == "start" ? account.starts : account.ends);
    }
    for (const auto &[task, account] : accounts)
        m_result.mostStarts = std::max(m_result.mostStarts, account.starts);
    for (const auto &[task, outcome] : m_ends) {
        if (outcome == Outcome::Succeeded && accounts[task].ends == 0)
            ++m_result.falseSuccesses;
    }
}

/// When each kill was known, and when the lane had a worker again.
void Run::addKills(const Kills &kills)
{
    for (const auto &[pid, times] : kills)
        m_result.kills += times.size();
    std::unordered_map<quint16, qint64> waiting; // time of the kill by lane
    for (const LaneEvent &event : m_laneEvents) {
        const quint16 lane = number(event.lane);
        const auto kill = kills.find(event.pid);
        if (event.kind == LaneEventKind::Died && kill != kills.end()) {
            // The last one before it: numbers of processes are used again.
            const auto after = std::ranges::upper_bound(kill->second, event.time);
            if (after == kill->second.begin())
                continue;
            m_result.knownAfter.push_back(double(event.time - *(after - 1)) / 1e6);
            waiting[lane] = *(after - 1);
        } else if (event.kind == LaneEventKind::Started && waiting.contains(lane)) {
            m_result.readyAfter.push_back(double(event.time - waiting[lane]) / 1e6);
            waiting.erase(lane);
        }
    }
    std::sort(m_result.knownAfter.begin(), m_result.knownAfter.end());
    std::sort(m_result.readyAfter.begin(), m_result.readyAfter.end());
}

ChaosResult Run::result()
{
    Progress progress;
    const qint64 begin = MonotonicClock::now();
    emitAll();
    std::optional<Killer> killer;
    Kills kills;
    if (m_plan.killPause.count() > 0)
        killer.emplace(m_plan.killPause, m_plan.seed);
    const auto cancelPause = m_canceled.empty()
        ? std::chrono::nanoseconds(0)
        : std::chrono::microseconds(m_plan.tasks * quint64(m_plan.taskMicroseconds)
                                    / quint64(m_plan.workers) / m_canceled.size());
    while (!m_executor->waitUntilIdle(m_canceled.empty() ? std::chrono::milliseconds(50)
                                                         : cancelPause)) {
        if (!m_canceled.empty()) {
            m_canceled.back().cancel();
            m_canceled.pop_back();
        }
        drain();
        progress.tell(m_result.recorded, m_plan.tasks);
        if (killer
            && MonotonicClock::now() - begin > std::chrono::nanoseconds(m_plan.killTime).count()) {
            kills = killer->stop();
            killer.reset();
            m_result.calmTasks = m_plan.tasks - m_result.recorded;
        }
    }
    m_result.corrections = m_executor->clockCorrections();
    m_result.seconds = double(MonotonicClock::now() - begin) / 1e9;
    if (killer)
        kills = killer->stop();
    m_emitter.reset();
    m_canceled.clear();
    m_executor.reset();
    drain();
    m_result.callbacks = m_callbacks;
    m_result.lost = m_plan.tasks - std::min<quint64>(m_plan.tasks, m_ends.size());
    readAccount();
    addKills(kills);
    m_result.leftProcesses = childProcesses().size();
    m_result.leftFiles = workerFolders() - std::min(m_folders, workerFolders());
    const quint64 descriptors = openDescriptors();
    m_result.leftDescriptors = descriptors > m_descriptors ? descriptors - m_descriptors : 0;
    return m_result;
}

ChaosResult runChaos(const ChaosPlan &plan)
{
    return Run(plan).result();
}
