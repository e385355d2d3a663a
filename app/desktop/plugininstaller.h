// SPDX-License-Identifier: MIT
#pragma once

#include "pluginremover.h"

#include <QObject>
#include <QStringList>

#include <thread>

namespace Fanfare {

struct EngineOptions;

/// What came of installing a file.
struct InstalledPlugin
{
    QString sentence;          ///< for the user
    QString file;              ///< where it is now; empty when it was not installed
    RemovedPlugin former = {}; ///< what had its name before; empty when nothing had
};

/// Copies plugin files into a plugin folder, on a thread of its own. A copy gets its name when it
/// is complete: whoever looks at the folder never sees half a file. What is there already under
/// that name is replaced, and goes to the trash if there is one.
///
/// Threads: [gui]; the destructor waits for the file that is being copied.
class PluginInstaller final : public QObject
{
    Q_OBJECT

public:
    explicit PluginInstaller(QObject *parent = nullptr);
    ~PluginInstaller() override;

    /// installed() follows. What is being installed already comes first.
    void install(const QStringList &files, const QString &folder);

Q_SIGNALS:
    void installed(const QList<Fanfare::InstalledPlugin> &plugins); ///< one for each file

private:
    std::jthread m_thread;
};

/// The folder that an engine with \a options looks into and the user may write to: mostly the
/// user's own plugin folder. [any]
QString installFolder(const EngineOptions &options);

/// Copies \a file into \a folder. [any, blocks]
InstalledPlugin installPlugin(const QString &file, const QString &folder);

} // namespace Fanfare
