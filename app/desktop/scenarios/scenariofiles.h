// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace Fanfare {

/// A scenario that can be chosen.
struct ScenarioFile
{
    QString path;
    QString name;        ///< as it calls itself, else that of the file
    bool isOurs = false; ///< bundled: it is not written over
};

/// The bundled scenarios and those in \a folder, each by name. A file that is no scenario is listed
/// by its own name, so that it can be mended. [any], blocks.
std::vector<ScenarioFile> scenarioFiles(const QString &folder);

/// Where the bundled ones are, seen from the program.
QString bundledScenarioFolder();

/// The folder of the user's own scenarios, ~/.local/share/fanfare/scenarios; it may not exist yet.
QString userScenarioFolder();

} // namespace Fanfare
