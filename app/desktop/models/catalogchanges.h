// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/catalogfact.h>

#include <QCoreApplication>
#include <QMap>

namespace Fanfare {

/// Tells what happened to plugins that were in use already: disabled or on as a whole, one of
/// their events or handlers, or replaced by another build.
///
/// Threads: [gui].
class CatalogChanges
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::CatalogChanges)

public:
    /// One phrase for each change since the last call, such as "chaos disabled"; none for
    /// plugins that are new, gone, or only on their way to be used.
    QStringList take(const CatalogFact &catalog);

private:
    static QStringList between(const PluginFact &before, const PluginFact &now);

    QMap<QString, PluginFact> m_known; ///< by path, as they were when they were active last
};

} // namespace Fanfare
