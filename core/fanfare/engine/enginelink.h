// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/clusterfact.h>
#include <fanfare/engine/engineoptions.h>
#include <fanfare/engine/facts.h>

#include <QObject>

#include <chrono>
#include <memory>

namespace Fanfare {

/// The client's end of an engine: starts `fanfare-host engine`, sends it commands and turns what
/// it says into facts. One link outlives any number of engines: start() after ended() begins anew,
/// and emission numbers go on counting, so that facts of several engines never collide.
///
/// Threads: [owner], an event loop is needed. Nothing here blocks except the destructor, which
/// waits up to 500 ms for the engine to leave and then kills it.
class EngineLink final : public QObject
{
    Q_OBJECT

public:
    explicit EngineLink(EngineOptions options, QObject *parent = nullptr);
    ~EngineLink() override;

    /// Starts an engine; started() or ended() follows. Nothing happens while one is running.
    void start();

    /// Applies \a options to the next start().
    void setOptions(EngineOptions options);
    const EngineOptions &options() const;

    /// Asks for emissions. Returns the number of the command (from 1). Errors: InvalidArgument
    /// when the engine is not running, the command makes no sense or its arguments are above
    /// 16 MiB; NotFound for an event that no plugin knows. commandEnded() follows when all
    /// emissions of it are accepted, refused or lost; their tasks may still run.
    Result<quint64> emitEvent(const EmitCommand &command);

    /// Stops all commands that still emit, cancels all queued tasks and asks running ones to stop.
    void cancelAll();

    /// The same for the emissions \a first and following: those that are queued or running, and the
    /// rest of a command when all of it is among them. The error of such a command is
    /// canceledError.
    void cancel(EmissionId first, quint64 count);

    /// Looks at the plugin folders now; catalogChanged() follows when something is different.
    void rescanPlugins();

    /// Lets a handler that crashed run again, also in an engine that starts later; catalogChanged()
    /// follows. [blocks, for a small file]
    void liftQuarantine(const QByteArray &hash, const QString &handler);

    /// Replaces what the user decided about \a target, an empty part resets it; catalogChanged()
    /// follows. Error: Unreadable, when the file of the policies cannot be written. [blocks, for a
    /// small file]
    Result<void> setPolicy(const PolicyTarget &target, const PolicyPart &part);

    /// Takes the plugin file \a path through all checks again, whatever they said before.
    void tryPluginAgain(const QString &path);

    /// Lets everything accepted finish, then ends the engine; ended() follows.
    void shutdown();

    /// Kills the engine with SIGKILL; ended() follows.
    void kill();

    bool isRunning() const;
    qint64 pid() const;                 ///< 0 while not running
    const CatalogFact &catalog() const; ///< of the current or last engine
    const ClusterFact &cluster() const; ///< of the running engine; empty without a cluster

    /// The event that \a emission carried, or an empty string. Known for the last 1,000,000
    /// emissions asked for through this link.
    QString eventOf(EmissionId emission) const;

Q_SIGNALS:
    void started();
    void catalogChanged(const Fanfare::CatalogFact &catalog); ///< first before started()
    void clusterChanged(const Fanfare::ClusterFact &cluster); ///< four times a second at most
    void batchArrived(const Fanfare::BatchFact &batch);       ///< at most 60 a second
    void commandEnded(const Fanfare::CommandFact &command);
    void idle(); ///< every accepted task has been reported and no command emits any more
    void ended(const Fanfare::EngineEndFact &end);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The error of a command that was canceled before all of its emissions were accepted.
inline constexpr QLatin1StringView canceledError("canceled");

/// The folder of the bundled plugins that belongs to the running application.
QString bundledPluginFolder();

/// The user's own plugin folder, ~/.local/share/fanfare/plugins; it may not exist yet.
QString userPluginFolder();

/// Makes that folder, for this user only, unless it is there. False when that is not possible.
bool makeUserPluginFolder();

} // namespace Fanfare
