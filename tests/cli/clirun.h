// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>

namespace Fanfare::Test {

/// What the real fanfare-cli answered.
struct CliResult
{
    int exitCode = -1; ///< -1 when it crashed or did not end
    QByteArray out;
    QByteArray err;
    QList<QJsonObject> objects; ///< of `--json`, in order

    QList<QJsonObject> ofType(const QString &type) const;
    QJsonObject summary() const; ///< the last object; empty when it is no summary
};

/// The outcomes of \a tasks in alphabetical order.
QStringList sortedOutcomes(const QList<QJsonObject> &tasks);

/// Prepares fanfare-cli of this build: no plugins but the bundled ones, a quiet environment.
void prepareCli(QProcess &process, const QStringList &arguments);

/// Runs it to its end.
CliResult runCli(const QStringList &arguments, const QByteArray &input = {});

/// What \a process answered, once it has ended.
CliResult resultOf(QProcess &process);

} // namespace Fanfare::Test
