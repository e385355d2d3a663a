// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QStringList>

#include <thread>

namespace Fanfare {

struct EngineOptions;

/// Copies plugin files into a plugin folder, on a thread of its own. A copy gets its name when it
/// is complete: whoever looks at the folder never sees half a file. What is there already under
/// that name is replaced.
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
    void installed(const QStringList &sentences); ///< one for each file

private:
    std::jthread m_thread;
};

/// The folder that an engine with \a options looks into and the user may write to: mostly the
/// user's own plugin folder. [any]
QString installFolder(const EngineOptions &options);

/// Copies \a file into \a folder and says in a sentence what came of it. [any, blocks]
QString installPlugin(const QString &file, const QString &folder);

} // namespace Fanfare
