// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QStringList>

namespace Fanfare::Test {

/// How a program that a test started ended: "exit 3", "signal 11" or "running".
inline QString endOf(QProcess &process)
{
    if (process.state() != QProcess::NotRunning)
        return QStringLiteral("running");
    return (process.exitStatus() == QProcess::CrashExit ? QStringLiteral("signal %1")
                                                        : QStringLiteral("exit %1"))
        .arg(process.exitCode());
}

/// Starts this test once more with \a arguments, for code that ends its process. Sanitizers leave
/// the signal of an invalid access alone, so that the end is the same in every build.
inline void startSelf(QProcess &process, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString options = environment.value(QStringLiteral("ASAN_OPTIONS"));
    environment.insert(QStringLiteral("ASAN_OPTIONS"),
                       options + QStringLiteral(":handle_segv=0:detect_leaks=0"));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), arguments);
}

} // namespace Fanfare::Test
