// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/commandaccount.h>

#include <QHash>
#include <QStringList>

namespace Fanfare {

/// Answers what a client asks about a catalog when it emits.
///
/// Threads: [owner].
class CatalogIndex
{
public:
    CatalogIndex() = default;
    explicit CatalogIndex(const CatalogFact &catalog);

    /// Who receives \a event: its own subscribers and the global ones, each once, in order of
    /// subscription.
    Recipe recipeOf(const QString &event) const;

    QStringList eventNames() const; ///< of all known events, sorted

private:
    QHash<QString, Recipe> m_recipes;
    std::vector<SubscriberId> m_global; // sorted
};

} // namespace Fanfare
