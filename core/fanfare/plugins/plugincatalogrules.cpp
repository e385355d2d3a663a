// SPDX-License-Identifier: MIT
// What the rules for handlers change in a catalog that is in use.
#include "fanfare/plugins/plugincatalog.h"

#include <algorithm>
#include <functional>

namespace Fanfare {

using namespace Qt::StringLiterals;

void PluginCatalog::countCrash(const HandlerIdentity &handler, const QString &text)
{
    takeSuccesses(); // those before this crash
    m_rules.countCrash(handler, text);
}

std::chrono::nanoseconds PluginCatalog::deadlineOf(const QString &event) const
{
    EventFact fact;
    fact.name = event;
    m_rules.apply(fact);
    return std::chrono::milliseconds(fact.deadlineMs);
}

/// A handler that crashed and succeeds now is as good as any other.
void PluginCatalog::takeSuccesses()
{
    QList<std::pair<QByteArray, QString>> cleared;
    for (const auto &[place, entry] : m_entries) {
        for (auto gate = entry.gates.begin(); gate != entry.gates.end(); ++gate) {
            if ((*gate)->takeSuccess())
                cleared.append({entry.fact.hash, gate.key()});
        }
    }
    for (const auto &[hash, handler] : cleared)
        m_rules.forgetCrashes(hash, handler);
}

/// Opens and closes the gates as the blocks of \a plugin say, and has the suspects watched.
void PluginCatalog::setGates(const PluginFact &plugin, const HandlerGates &gates)
{
    for (const HandlerFact &handler : plugin.handlers) {
        HandlerGate &gate = *gates.value(handler.name);
        if (handler.block) {
            gate.close(handler.block->code, handler.block->text);
            m_hasRemoved = true;
        } else {
            gate.open();
        }
        if (handler.crash) {
            gate.suspect();
            m_trustTimer.start();
        }
    }
}

void PluginCatalog::closeGates(const Entry &entry)
{
    for (auto gate = entry.gates.begin(); gate != entry.gates.end(); ++gate) {
        (*gate)->close(u"plugin-removed"_s,
                       u"The plugin %1 was removed before its handler \"%2\" was started; put it "
                       "back and emit again."_s.arg(entry.fact.id, gate.key()));
    }
    m_hasRemoved = true;
}

void PluginCatalog::applyRules()
{
    m_trustTimer.stop(); // setGates() starts it when somebody is left
    for (auto &[place, entry] : m_entries) {
        if (entry.fact.isActive)
            applyRulesTo(entry);
    }
    applyWithin({});
}

/// What a subscriber cannot be told after it was made.
static bool needsNewSubscriber(const HandlerFact &former, const HandlerFact &next)
{
    const HandlerPolicy &was = former.policy;
    const HandlerPolicy &is = next.policy;
    return was.isEnabled.value != is.isEnabled.value || was.isolation.value != is.isolation.value
        || was.deadlineMs.value != is.deadlineMs.value
        || was.concurrency.value != is.concurrency.value
        || was.isIdempotent.value != is.isIdempotent.value
        || was.isBlocking.value != is.isBlocking.value
        || was.maxMemoryMb.value != is.maxMemoryMb.value;
}

void PluginCatalog::applyRulesTo(Entry &entry)
{
    PluginFact fresh = entry.fact;
    m_rules.apply(fresh);
    if (!std::equal(fresh.handlers.begin(), fresh.handlers.end(), entry.fact.handlers.begin(),
                    std::not_fn(&needsNewSubscriber))) {
        relink(entry, std::move(fresh));
        return;
    }
    entry.fact = fresh;
    setGates(entry.fact, entry.gates);
}

/// As for a new build: what was emitted before runs as it was meant then, except that what is
/// disabled now is not started any more.
void PluginCatalog::relink(Entry &entry, PluginFact fresh)
{
    HandlerGates gates;
    for (HandlerFact &handler : fresh.handlers) {
        handler.subscriber = {};
        gates.insert(handler.name, std::make_shared<HandlerGate>());
    }
    setGates(fresh, gates);
    if (const auto refusal = link(fresh, gates)) {
        entry.fact.newBuild = NewBuildFact{fresh.hash, fresh.version, refusal->code,
                                           refusal->message, refusal->loaderText};
        return;
    }
    unlinkHandlers(entry.fact, m_linker);
    setGates(fresh, entry.gates);
    entry.fact = std::move(fresh);
    entry.gates = std::move(gates);
}

} // namespace Fanfare
