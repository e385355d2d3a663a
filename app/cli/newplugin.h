// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QString>

namespace Fanfare::Cli {

/// A plugin project that is to be written.
struct NewPlugin
{
    QString name;   ///< lower-case letters, digits and hyphens
    QString folder; ///< where the folder of the project goes; empty: the current one
};

/// Whether a plugin can have the name \a name; else InvalidArgument with the sentence for the user.
Result<void> checkPluginName(const QString &name);

/// Writes the project from the template of this installation and returns its folder. It appears as
/// a whole or not at all. Errors: InvalidArgument for a name that is bad or taken, NotFound when
/// \a request names no folder or the template is missing, Unreadable when it cannot be written.
Result<QString> createPlugin(const NewPlugin &request);

/// What to type next, for the project in \a folder.
QString nextSteps(const QString &folder);

} // namespace Fanfare::Cli
