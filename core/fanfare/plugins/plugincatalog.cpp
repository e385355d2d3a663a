// SPDX-License-Identifier: MIT
#include "fanfare/plugins/plugincatalog.h"

#include <fanfare/plugins/filehash.h>
#include <fanfare/plugins/pluginfile.h>
#include <fanfare/plugins/pluginlinking.h>
#include <fanfare/plugins/pluginloading.h>

#include <QDir>
#include <QSet>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// Measured on two cores: more at a time only delays each of them.
static constexpr int maximumProbes = 2;

static void refuse(PluginFact &plugin, const PluginRefusal &refusal)
{
    plugin.code = refusal.code;
    plugin.message = refusal.message;
    plugin.loaderText = refusal.loaderText;
    plugin.events.clear();
    plugin.handlers.clear();
}

PluginCatalog::PluginCatalog(EventLinker &linker, ProbeOptions options, HandlerPlace place,
                             QObject *parent)
    : QObject(parent)
    , m_linker(linker)
    , m_options(std::move(options))
    , m_place(place)
{
}

PluginCatalog::~PluginCatalog() = default;

void PluginCatalog::scan(const QStringList &folders)
{
    QSet<QString> seen;
    for (const QString &folder : folders) {
        const QString path = QDir(folder).absolutePath();
        const QString canonical = QDir(folder).canonicalPath();
        if (!canonical.isEmpty() && seen.contains(canonical))
            continue;
        seen.insert(canonical);
        findFiles(path);
    }
    probeNext();
}

void PluginCatalog::findFiles(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.isDir()) {
        m_facts.problems.append(
            (info.exists() ? u"The plugin folder %1 is no folder; choose another one."_s
                           : u"The plugin folder %1 is not there; create it or choose another "
                             "one."_s)
                .arg(folder));
        return;
    }
    if (!info.isReadable() || !info.isExecutable()) {
        m_facts.problems.append(u"The plugin folder %1 cannot be read; give yourself permission "
                                "to read it or choose another one."_s.arg(folder));
        return;
    }
    const QStringList names = QDir(folder).entryList(
        {u"*.so"_s}, QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : names)
        addFile(QDir(folder).filePath(name));
}

void PluginCatalog::addFile(const QString &path)
{
    const PluginInspection inspection = inspectPluginFile(path);
    PluginFact plugin;
    plugin.path = path;
    plugin.id = inspection.metadata.id;
    plugin.name = inspection.metadata.name;
    plugin.version = inspection.metadata.version;
    plugin.summary = inspection.metadata.summary;
    if (inspection.refusal) {
        refuse(plugin, *inspection.refusal);
    } else {
        plugin.hash = fileHash(path);
        m_waiting.push_back(m_facts.plugins.size());
    }
    m_facts.plugins.append(plugin);
}

void PluginCatalog::probeNext()
{
    while (m_probing < maximumProbes && !m_waiting.empty()) {
        const qsizetype plugin = m_waiting.front();
        m_waiting.pop_front();
        ++m_probing;
        auto *probe = new PluginProbe(m_facts.plugins.at(plugin).path, m_options, this);
        connect(probe, &PluginProbe::finished, this, [this, probe, plugin](const auto &answer) {
            probe->deleteLater();
            probed(plugin, answer);
        });
        probe->start();
    }
    if (m_probing == 0) // also when there was nothing to probe; scan() returns first
        QMetaObject::invokeMethod(this, &PluginCatalog::activateAll, Qt::QueuedConnection);
}

void PluginCatalog::probed(qsizetype plugin, const ProbeAnswer &answer)
{
    --m_probing;
    PluginFact &fact = m_facts.plugins[plugin];
    fact.events = answer.description.events;
    fact.handlers = answer.description.handlers;
    if (answer.refusal)
        refuse(fact, *answer.refusal);
    probeNext();
}

void PluginCatalog::activateAll()
{
    for (PluginFact &plugin : m_facts.plugins) {
        if (plugin.code.isEmpty())
            activate(plugin);
    }
    numberEvents(m_facts, m_linker);
    Q_EMIT scanned();
}

void PluginCatalog::activate(PluginFact &plugin)
{
    const auto isTwin = [&](const PluginFact &other) {
        return other.isActive && other.id == plugin.id;
    };
    const auto twin = std::find_if(m_facts.plugins.cbegin(), m_facts.plugins.cend(), isTwin);
    if (twin != m_facts.plugins.cend()) {
        refuse(plugin,
               {u"duplicate-id"_s,
                u"%1 has the id %2, which %3 has already; remove one of them."_s.arg(
                    plugin.path, plugin.id, twin->path),
                {}});
        return;
    }
    if (const auto refusal = link(plugin))
        refuse(plugin, *refusal);
    else
        plugin.isActive = true;
}

/// Subscribes the handlers of \a plugin, or says why not.
std::optional<PluginRefusal> PluginCatalog::link(PluginFact &plugin)
{
    LoadedPlugin loaded;
    if (m_place == HandlerPlace::Here)
        loaded = loadPlugin(plugin.path);
    if (loaded.refusal)
        return loaded.refusal;
    const auto linked = loaded.plugin ? linkHandlers(*loaded.plugin, plugin, m_linker)
                                      : linkRemoteHandlers(plugin, m_linker);
    if (linked)
        return {};
    return PluginRefusal{u"handlers-differ"_s, linked.error().message, {}};
}

} // namespace Fanfare
