// SPDX-License-Identifier: MIT
#include "fanfare/engine/catalogindex.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static void makeUnique(std::vector<SubscriberId> &subscribers)
{
    std::sort(subscribers.begin(), subscribers.end());
    const auto end = std::unique(subscribers.begin(), subscribers.end());
    subscribers.erase(end, subscribers.end());
}

CatalogIndex::CatalogIndex(const CatalogFact &catalog)
{
    for (const PluginFact &plugin : catalog.plugins) {
        if (!plugin.isActive)
            continue;
        for (const EventFact &event : plugin.events) {
            Recipe &recipe = m_recipes[event.name];
            recipe.isKnown = true;
            recipe.isEnabled = event.isEnabled;
            recipe.event = std::max(recipe.event, event.number);
        }
        for (const HandlerFact &handler : plugin.handlers) {
            if (number(handler.subscriber) == 0)
                continue; // disabled
            for (const QString &event : handler.events) {
                if (event == "*"_L1)
                    m_global.push_back(handler.subscriber);
                else
                    m_recipes[event].subscribers.push_back(handler.subscriber);
            }
        }
    }
    makeUnique(m_global);
    for (Recipe &recipe : m_recipes) {
        recipe.subscribers.insert(recipe.subscribers.end(), m_global.begin(), m_global.end());
        makeUnique(recipe.subscribers);
    }
}

Recipe CatalogIndex::recipeOf(const QString &event) const
{
    Recipe recipe = m_recipes.value(event, {m_global, 0, !m_global.empty()});
    recipe.name = event;
    return recipe;
}

QStringList CatalogIndex::eventNames() const
{
    QStringList names = m_recipes.keys();
    names.sort();
    return names;
}

} // namespace Fanfare
