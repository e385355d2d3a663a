// SPDX-License-Identifier: MIT
#include "clirun.h"

#include <QJsonDocument>
#include <QTemporaryDir>

namespace Fanfare::Test {

QList<QJsonObject> CliResult::ofType(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &object : objects) {
        if (object[u"type"].toString() == type)
            found.append(object);
    }
    return found;
}

QJsonObject CliResult::summary() const
{
    if (objects.isEmpty() || objects.last()[u"type"].toString() != u"summary")
        return {};
    return objects.last();
}

QStringList sortedOutcomes(const QList<QJsonObject> &tasks)
{
    QStringList outcomes;
    for (const QJsonObject &task : tasks)
        outcomes.append(task[u"outcome"].toString());
    outcomes.sort();
    return outcomes;
}

void prepareCli(QProcess &process, const QStringList &arguments)
{
    static const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path());
    environment.insert(QStringLiteral("XDG_STATE_HOME"), home.path() + QStringLiteral("/state"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.path() + QStringLiteral("/config"));
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-cli"));
    process.setArguments(arguments);
}

CliResult resultOf(QProcess &process)
{
    CliResult result;
    if (process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    for (const QByteArray &line : result.out.split('\n')) {
        if (line.startsWith('{'))
            result.objects.append(QJsonDocument::fromJson(line).object());
    }
    return result;
}

CliResult runCli(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    prepareCli(process, arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000))
        process.kill();
    return resultOf(process);
}

} // namespace Fanfare::Test
