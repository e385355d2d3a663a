// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Fanfare {

enum class ExecutorKind : quint8 { Threads, Processes, Inline };

/// How an engine is started.
struct EngineOptions
{
    QString hostPath;          ///< empty: the helper executable next to the application
    QStringList pluginFolders; ///< searched in this order; bundled plugins are not implied
    ExecutorKind executor = ExecutorKind::Threads;
    int workers = 0;                ///< 1..256; 0: one per core
    quint64 queueBound = 1'000'000; ///< queued tasks; more are held back on the client's side
};

} // namespace Fanfare
