// SPDX-License-Identifier: MIT
#include "barengine.h"

#include "scanning.h"

#include <support/versionedplugin.h>

#include <QDir>
#include <QFile>

using namespace Fanfare;
using namespace Qt::StringLiterals;

BarFolder::BarFolder()
{
    QDir(m_root.path()).mkdir(u"plugins"_s);
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_root.filePath(u"cache"_s)));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_root.filePath(u"data"_s)));
}

void BarFolder::install(const QString &name, const QByteArray &content) const
{
    Test::renameOver(plugins() + u'/' + name, content);
}

void BarFolder::installFixture(const QString &kind) const
{
    QFile file(Test::versionedFixture(kind));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The fixture %s was not built", qPrintable(kind));
    install(kind + u".so"_s, file.readAll());
}

EngineOptions BarFolder::options(ExecutorKind executor, int workers) const
{
    EngineOptions options;
    options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    options.pluginFolders = {plugins()};
    options.executor = executor;
    options.workers = workers;
    options.rules = {state(), m_root.filePath(u"policies.json"_s)};
    return options;
}

BarEngine::BarEngine(const EngineOptions &options)
    : link(options)
{
    QObject::connect(&link, &EngineLink::started, &link, [this] { ++m_starts; });
    QObject::connect(&link, &EngineLink::idle, &link, [this] { m_isIdle = true; });
    QObject::connect(&link, &EngineLink::ended, &link, [this] { m_hasEnded = true; });
    QObject::connect(&link, &EngineLink::batchArrived, &link,
                     [this](const BatchFact &batch) { take(batch); });
}

void BarEngine::take(const BatchFact &batch)
{
    for (const SpanRecord &span : batch.trace.spans) {
        ++m_outcomes[span.outcome];
        m_lastEnd = outcomeName(span.outcome);
    }
    for (const TaskDetail &detail : batch.trace.details)
        m_lastReason = detail.reason;
    for (const LaneEvent &event : batch.trace.laneEvents) {
        if (event.kind == LaneEventKind::Started) {
            m_workers.insert(event.pid);
            m_lastWorker = event.pid;
        } else if (event.kind != LaneEventKind::Unresponsive
                   && event.kind != LaneEventKind::Responsive) {
            m_workers.erase(event.pid);
        }
    }
    m_running = batch.trace.live.running.size();
}

bool BarEngine::start()
{
    const int before = m_starts;
    m_hasEnded = false;
    link.start();
    return waitFor([&] { return m_starts > before || m_hasEnded; }, 30'000) && m_starts > before;
}

bool BarEngine::emitEvent(const QString &event, const QCborMap &fields, quint64 count)
{
    EmitCommand command;
    command.event = event;
    command.count = count;
    Arguments arguments;
    arguments.fields = fields;
    if (!fields.isEmpty())
        command.arguments = {arguments};
    m_isIdle = false;
    m_lastEnd.clear();
    m_lastReason.clear();
    return bool(link.emitEvent(command));
}

bool BarEngine::waitForIdle()
{
    return waitFor([this] { return m_isIdle || m_hasEnded; }, 60'000) && m_isIdle;
}

bool BarEngine::waitForEnd()
{
    return waitFor([this] { return m_hasEnded; }, 30'000);
}

bool BarEngine::waitForRunning(size_t count)
{
    return waitFor([&] { return m_running >= count; }, 30'000);
}

bool BarEngine::waitForCatalog(const std::function<bool(const CatalogFact &)> &condition)
{
    return waitFor([&] { return condition(link.catalog()); }, 20'000);
}

QString BarEngine::endOf(const QString &event, const QCborMap &fields)
{
    if (!emitEvent(event, fields) || !waitForIdle())
        return u"nothing"_s;
    return m_lastEnd == "Rejected"_L1 ? m_lastEnd + u' ' + m_lastReason : m_lastEnd;
}

const HandlerFact *BarEngine::handler(const QString &name) const
{
    for (const PluginFact &plugin : link.catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (handler.name == name)
                return &handler;
        }
    }
    return nullptr;
}

int BarEngine::count(Outcome outcome) const
{
    const auto found = m_outcomes.find(outcome);
    return found == m_outcomes.end() ? 0 : found->second;
}
