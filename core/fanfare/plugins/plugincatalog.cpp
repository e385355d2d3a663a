// SPDX-License-Identifier: MIT
#include "fanfare/plugins/plugincatalog.h"

#include <fanfare/plugins/pluginloading.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// What happens within these times is told as one change: of what is used, and of what is on its
/// way. A catalog of 200 plugins takes some milliseconds at both ends of an engine link.
static constexpr std::chrono::milliseconds usePause{30};
static constexpr std::chrono::milliseconds wayPause{150};
/// How soon a success clears a handler that crashed.
static constexpr std::chrono::milliseconds trustPause{200};

PluginCatalog::PluginCatalog(EventLinker &linker, ProbeOptions options, HandlerPlace place,
                             const RuleFiles &rules, QObject *parent)
    : QObject(parent)
    , m_linker(linker)
    , m_place(place)
    , m_pipeline({std::move(options), {}})
    , m_rules(rules, place)
{
    m_applyTimer.setSingleShot(true);
    connect(&m_applyTimer, &QTimer::timeout, this, &PluginCatalog::apply);
    connect(&m_pipeline, &PluginPipeline::seen, this, &PluginCatalog::addEntry);
    connect(&m_pipeline, &PluginPipeline::reached, this, &PluginCatalog::advance);
    connect(&m_pipeline, &PluginPipeline::built, this, &PluginCatalog::takeBuild);
    connect(&m_pipeline, &PluginPipeline::vanished, this, &PluginCatalog::dropEntry);
    connect(&m_pipeline, &PluginPipeline::problemsChanged, this, [this] { applyWithin(wayPause); });
    connect(&m_pipeline, &PluginPipeline::caughtUp, this, &PluginCatalog::finishScan);
    connect(&m_rules, &HandlerRules::changed, this, &PluginCatalog::applyRules);
    m_trustTimer.setInterval(trustPause);
    connect(&m_trustTimer, &QTimer::timeout, this, &PluginCatalog::takeSuccesses);
}

PluginCatalog::~PluginCatalog()
{
    m_rules.disconnect(this);
    takeSuccesses();
}

void PluginCatalog::scan(const QStringList &folders)
{
    m_pipeline.start(folders);
}

void PluginCatalog::watch()
{
    m_pipeline.watch();
}

void PluginCatalog::rescan()
{
    m_rules.reload();
    m_pipeline.look();
}

void PluginCatalog::tryAgain(const QString &path)
{
    m_pipeline.tryAgain(path);
}

PluginCatalog::Entry *PluginCatalog::find(const QString &path)
{
    const auto place = m_places.constFind(path);
    return place == m_places.constEnd() ? nullptr : &m_entries[*place];
}

// --- what the pipeline tells

void PluginCatalog::addEntry(const QString &path, const PluginPlace &place)
{
    m_places.insert(path, place);
    Entry &entry = m_entries[place];
    entry.fact.path = path;
    entry.isGone = false; // it is back before anybody was told
    applyWithin(wayPause);
}

void PluginCatalog::advance(const QString &path, PluginState state)
{
    Entry *const entry = find(path);
    if (!entry || entry->fact.isActive) // which it stays until there is something better
        return;
    entry->excluded.reset();
    changeState(entry->fact, state);
    applyWithin(wayPause);
}

void PluginCatalog::takeBuild(const PluginBuild &build)
{
    if (Entry *const entry = find(build.path)) {
        entry->latest = build;
        applyWithin(usePause);
    }
}

void PluginCatalog::dropEntry(const QString &path)
{
    if (Entry *const entry = find(path)) {
        entry->isGone = true;
        applyWithin(usePause);
    }
}

void PluginCatalog::applyWithin(std::chrono::milliseconds pause)
{
    if (!m_isScanned)
        return;
    if (!m_applyTimer.isActive() || m_applyTimer.remainingTimeAsDuration() > pause)
        m_applyTimer.start(pause);
}

void PluginCatalog::finishScan()
{
    if (std::exchange(m_isScanned, true))
        return;
    applyBuilds();
    publish();
    Q_EMIT scanned();
}

// --- applying it

void PluginCatalog::apply()
{
    applyBuilds();
    publish();
    Q_EMIT changed();
    if (std::exchange(m_hasRemoved, false))
        Q_EMIT removed();
}

void PluginCatalog::dropGone()
{
    std::erase_if(m_entries, [this](const auto &item) {
        const Entry &entry = item.second;
        if (!entry.isGone)
            return false;
        m_places.remove(entry.fact.path);
        if (entry.fact.isActive) {
            unlinkHandlers(entry.fact, m_linker);
            closeGates(entry);
        }
        return true;
    });
}

void PluginCatalog::applyBuilds()
{
    dropGone();
    for (auto &[place, entry] : m_entries) {
        if (const auto build = std::exchange(entry.latest, {}))
            applyBuild(entry, *build);
    }
    // Somebody may have given up an id that another one waits for.
    for (auto &[place, entry] : m_entries) {
        if (const auto build = std::exchange(entry.excluded, {})) {
            changeState(entry.fact, PluginState::Seen);
            applyBuild(entry, *build);
        }
    }
}

void PluginCatalog::publish()
{
    m_facts.plugins.clear();
    for (const auto &[place, entry] : m_entries)
        m_facts.plugins.append(entry.fact);
    numberEvents(m_facts, m_linker);
    for (PluginFact &plugin : m_facts.plugins) {
        for (EventFact &event : plugin.events)
            m_rules.apply(event);
    }
    m_facts.problems = m_pipeline.problems() + m_rules.problems();
}

/// The parts of a fact that the file itself tells.
static void describe(PluginFact &plugin, const PluginBuild &build)
{
    plugin.hash = build.copy.hash;
    plugin.copy = build.copy.path;
    plugin.id = build.metadata.id;
    plugin.name = build.metadata.name;
    plugin.version = build.metadata.version;
    plugin.summary = build.metadata.summary;
    plugin.events = build.description.events;
    plugin.handlers = build.description.handlers;
    for (HandlerFact &handler : plugin.handlers) {
        const bool isIdempotent = handler.stated.isIdempotent.value_or(false);
        handler.stated = build.metadata.policies.value(handler.name);
        if (isIdempotent && !handler.stated.isIdempotent)
            handler.stated.isIdempotent = true;
    }
}

void PluginCatalog::applyBuild(Entry &entry, const PluginBuild &build)
{
    if (build.refusal) {
        refuse(entry, build, *build.refusal);
        return;
    }
    if (entry.fact.isActive && entry.fact.hash == build.copy.hash) {
        entry.fact.newBuild.reset(); // it was touched, or the former content is back
        return;
    }
    if (const auto refusal = refusalToUse(entry, build)) {
        refuse(entry, build, *refusal);
        if (refusal->code == "duplicate-id"_L1 && !entry.fact.isActive)
            entry.excluded = build;
        return;
    }
    activate(entry, build);
}

/// A refused build leaves an active plugin alone.
void PluginCatalog::refuse(Entry &entry, const PluginBuild &build, const PluginRefusal &refusal)
{
    PluginFact &plugin = entry.fact;
    if (plugin.isActive) {
        plugin.newBuild = NewBuildFact{build.copy.hash, build.metadata.version, refusal.code,
                                       refusal.message, refusal.loaderText};
        return;
    }
    describe(plugin, build);
    entry.copy = build.copy;
    changeState(plugin, PluginState::Refused);
    plugin.code = refusal.code;
    plugin.message = refusal.message;
    plugin.loaderText = refusal.loaderText;
}

/// Why \a build, which is good, cannot take the place of what there is.
std::optional<PluginRefusal> PluginCatalog::refusalToUse(const Entry &entry,
                                                         const PluginBuild &build) const
{
    for (const auto &[place, other] : m_entries) {
        if (&other != &entry && other.fact.isActive && other.fact.id == build.metadata.id) {
            return PluginRefusal{
                u"duplicate-id"_s,
                u"%1 has the id %2, which %3 has already; remove one of them."_s.arg(
                    build.path, build.metadata.id, other.fact.path),
                {}};
        }
    }
    const QByteArray mapped = m_mapped.value(build.metadata.id, build.copy.hash);
    const bool isPinned = build.hasUniqueSymbols || m_pinned.contains(build.metadata.id);
    if (mapped == build.copy.hash || !isPinned)
        return {};
    return PluginRefusal{u"restart-needed"_s,
                         u"The new build of %1 is used when the engine starts again, because it "
                         "was built without -fno-gnu-unique and shares what it keeps with the old "
                         "one; build it with fanfare_add_plugin()."_s.arg(build.path),
                         {}};
}

static HandlerGates newGates(const PluginFact &plugin)
{
    HandlerGates gates;
    for (const HandlerFact &handler : plugin.handlers)
        gates.insert(handler.name, std::make_shared<HandlerGate>());
    return gates;
}

/// First the new one is linked and then the old one is not any more, with nothing emitted in
/// between: every emission has exactly one of them.
void PluginCatalog::activate(Entry &entry, const PluginBuild &build)
{
    PluginFact fresh;
    fresh.path = build.path;
    describe(fresh, build);
    changeState(fresh, PluginState::Probed);
    if (m_place == HandlerPlace::Here) {
        m_mapped.insert(build.metadata.id, build.copy.hash);
        if (build.hasUniqueSymbols)
            m_pinned.insert(build.metadata.id);
    }
    m_rules.apply(fresh);
    const HandlerGates gates = newGates(fresh);
    setGates(fresh, gates);
    if (const auto refusal = link(fresh, gates)) {
        refuse(entry, build, *refusal);
        return;
    }
    changeState(fresh, PluginState::Active);
    if (entry.fact.isActive)
        unlinkHandlers(entry.fact, m_linker);
    entry.fact = fresh;
    entry.copy = build.copy;
    entry.gates = gates;
}

/// Whether code of \a plugin has to be in the process that emits to it.
static bool isNeededHere(const PluginFact &plugin)
{
    return std::any_of(plugin.handlers.begin(), plugin.handlers.end(), [](const auto &handler) {
        return handler.policy.isEnabled.value
            && handler.policy.isolation.value != Isolation::Process;
    });
}

/// Subscribes the handlers of \a plugin, or says why not.
std::optional<PluginRefusal> PluginCatalog::link(PluginFact &plugin, const HandlerGates &gates)
{
    LoadedPlugin loaded;
    if (m_place == HandlerPlace::Here && isNeededHere(plugin))
        loaded = loadPlugin(plugin.copy);
    if (loaded.refusal)
        return renamed(*loaded.refusal, plugin.copy, plugin.path);
    const auto linked = loaded.plugin ? linkHandlers(*loaded.plugin, plugin, m_linker, gates)
                                      : linkRemoteHandlers(plugin, m_linker, gates);
    if (linked)
        return {};
    return PluginRefusal{u"handlers-differ"_s, linked.error().message, {}};
}

} // namespace Fanfare
