// SPDX-License-Identifier: MIT
#pragma once

#include "validate/finding.h"
#include "validate/options.h"

#include <fanfare/plugins/pluginfile.h>

#include <QList>
#include <QStringList>

namespace Fanfare::Validate {

/// What was found out about one plugin.
struct Verdict
{
    QString path;
    PluginMetadata metadata;
    QStringList handlers; ///< those that were run
    QStringList spared;   ///< those that misbehave on purpose, as the metadata says
    QList<Finding> findings;
};

/// Takes the plugin \a path through all stages; a stage that cannot be made without the one before
/// is left out. Needs an application. blocks
Verdict validate(const QString &path, const Options &options);

} // namespace Fanfare::Validate
