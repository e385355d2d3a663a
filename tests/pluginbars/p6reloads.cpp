// SPDX-License-Identifier: MIT
// P6: a plugin is built again and again while its handler is busy in worker processes.
#include "bar.h"
#include "scanning.h"

#include <fanfare/base/clock.h>
#include <fanfare/engine/enginelink.h>
#include <fanfare/plugins/filehash.h>

#include <QDir>
#include <QSet>

#include <algorithm>
#include <map>
#include <unordered_map>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

namespace {

/// An engine whose one plugin is exchanged while it works.
class Reloads
{
public:
    Reloads();

    BarResult run(int count);

private:
    bool start();
    void takeCatalog(const CatalogFact &catalog);
    void takeBatch(const BatchFact &batch);
    bool installGood(int build);
    bool installBroken(int build);
    void checkAccount(BarResult &result);

    QTemporaryDir m_root;
    QString m_file;
    EngineLink m_link;
    PluginFact m_plugin;
    std::map<SubscriberId, QByteArray> m_hashes; // by subscriber
    std::map<QByteArray, int> m_builds;          // by hash
    std::unordered_map<TaskId, SpanRecord> m_spans;
    std::unordered_map<TaskId, qint64> m_results;
    std::vector<double> m_delays; // ms, from the new file to the end of the first task with it
    quint64 m_doubled = 0;
    quint64 m_accepted = 0;
    bool m_isIdle = false;
    qint64 m_lastBuildSeen = 0;
};

} // namespace

static EngineOptions optionsFor(const QString &folder)
{
    EngineOptions options;
    options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    options.pluginFolders = {folder};
    options.executor = ExecutorKind::Processes;
    options.workers = 2;
    return options;
}

Reloads::Reloads()
    : m_file(m_root.filePath(u"plugins/versioned.so"_s))
    , m_link(optionsFor(m_root.filePath(u"plugins"_s)))
{
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_root.filePath(u"cache"_s)));
    QDir(m_root.path()).mkdir(u"plugins"_s);
    QObject::connect(&m_link, &EngineLink::catalogChanged, &m_link,
                     [this](const CatalogFact &catalog) { takeCatalog(catalog); });
    QObject::connect(&m_link, &EngineLink::batchArrived, &m_link,
                     [this](const BatchFact &batch) { takeBatch(batch); });
    QObject::connect(&m_link, &EngineLink::commandEnded, &m_link,
                     [this](const CommandFact &fact) { m_accepted += fact.tasks; });
    QObject::connect(&m_link, &EngineLink::idle, &m_link, [this] { m_isIdle = true; });
}

void Reloads::takeCatalog(const CatalogFact &catalog)
{
    if (catalog.plugins.isEmpty())
        return;
    m_plugin = catalog.plugins.first();
    for (const HandlerFact &handler : m_plugin.handlers)
        m_hashes[handler.subscriber] = m_plugin.hash;
}

void Reloads::takeBatch(const BatchFact &batch)
{
    for (const SpanRecord &span : batch.trace.spans) {
        m_doubled += m_spans.emplace(span.task, span).second ? 0 : 1;
        const auto build = m_builds.find(m_hashes[span.subscriber]);
        if (build != m_builds.end())
            m_lastBuildSeen = std::max<qint64>(m_lastBuildSeen, build->second);
    }
    for (const TaskDetail &detail : batch.trace.details)
        m_results[detail.task] = detail.result.toInteger(-1);
}

bool Reloads::start()
{
    installGood(0);
    m_link.start();
    return waitFor([this] { return m_link.isRunning(); }, 30'000);
}

/// Returns when a task has run in the new build.
bool Reloads::installGood(int build)
{
    const QByteArray content = versionedBuild(build);
    renameOver(m_file, content);
    m_builds[fileHash(m_file)] = build;
    if (!m_link.isRunning())
        return true;
    const qint64 start = MonotonicClock::now();
    const bool hasRun = waitFor([&] { return m_lastBuildSeen >= build; }, 30'000);
    m_delays.push_back(double(MonotonicClock::now() - start) / 1e6);
    return hasRun;
}

/// Returns when the engine has told that it goes on with the old one.
bool Reloads::installBroken(int build)
{
    renameOver(m_file, versionedBuild(build).first(3000));
    return waitFor([&] { return m_plugin.isActive && m_plugin.newBuild; }, 30'000)
        && m_plugin.newBuild->code == u"truncated";
}

void Reloads::checkAccount(BarResult &result)
{
    quint64 mixed = 0;
    quint64 failed = 0;
    for (const auto &[task, span] : m_spans) {
        failed += span.outcome != Outcome::Succeeded ? 1 : 0;
        const auto told = m_results.find(task);
        const auto build = m_builds.find(m_hashes[span.subscriber]);
        if (told == m_results.end() || build == m_builds.end() || told->second != build->second)
            ++mixed;
    }
    result.figures[u"tasks"_s] = qint64(m_spans.size());
    result.figures[u"accepted"_s] = qint64(m_accepted);
    result.figures[u"doubled"_s] = qint64(m_doubled);
    result.figures[u"notInTheirBuild"_s] = qint64(mixed);
    result.figures[u"failed"_s] = qint64(failed);
    if (m_spans.size() != m_accepted || m_doubled > 0 || mixed > 0 || failed > 0)
        result.problem += u"Tasks were lost, doubled, failed or ran in another build. "_s;
}

BarResult Reloads::run(int count)
{
    BarResult result;
    EmitCommand command;
    command.event = u"Versioned"_s;
    command.count = quint64(1) << 30;
    command.rate = 300;
    Arguments arguments;
    arguments.fields = {{u"ms"_s, 2}};
    command.arguments = {arguments};
    if (!start() || !m_link.emitEvent(command))
        return {{}, u"The engine does not start."_s};
    for (int build = 1; build <= count && result.problem.isEmpty(); ++build) {
        const bool isBroken = build % 10 == 0;
        if (!(isBroken ? installBroken(build) : installGood(build)))
            result.problem = u"Build %1 was not taken, or not refused. "_s.arg(build);
    }
    m_isIdle = false;
    m_link.shutdown(); // ends the command and lets its tasks finish
    waitFor([this] { return !m_link.isRunning(); }, 60'000);
    checkAccount(result);
    std::sort(m_delays.begin(), m_delays.end());
    if (m_delays.empty())
        return result;
    const double p95 = m_delays[m_delays.size() * 95 / 100];
    result.figures[u"reloads"_s] = count;
    result.figures[u"medianMs"_s] = m_delays[m_delays.size() / 2];
    result.figures[u"p95Ms"_s] = p95;
    if (count >= 500 && p95 > 500)
        result.problem += u"The 95th percentile is above 500 ms."_s;
    return result;
}

BarResult runReloads(Effort effort)
{
    return Reloads().run(effort == Effort::Full ? 500 : 12);
}
