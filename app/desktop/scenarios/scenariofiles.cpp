// SPDX-License-Identifier: MIT
#include "scenariofiles.h"

#include <fanfare/runs/scenario.h>

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace Fanfare {

using namespace Qt::StringLiterals;

static void append(std::vector<ScenarioFile> &files, const QString &folder, bool isOurs)
{
    for (const QFileInfo &file : QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files)) {
        const Result<Scenario> scenario = readScenario(file.filePath());
        const bool hasName = scenario && !scenario->name.isEmpty();
        files.push_back(
            {file.filePath(), hasName ? scenario->name : file.completeBaseName(), isOurs});
    }
}

std::vector<ScenarioFile> scenarioFiles(const QString &folder)
{
    std::vector<ScenarioFile> files;
    append(files, bundledScenarioFolder(), true);
    append(files, folder, false);
    return files;
}

QString bundledScenarioFolder()
{
    const QDir program(QCoreApplication::applicationDirPath());
    return QDir::cleanPath(program.filePath(u"../share/fanfare/scenarios"_s));
}

QString userScenarioFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/fanfare/scenarios"_s;
}

} // namespace Fanfare
