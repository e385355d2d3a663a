// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/folderlisting.h>
#include <fanfare/plugins/pluginfile.h>
#include <fanfare/plugins/pluginstate.h>
#include <fanfare/plugins/shadowstore.h>
#include <fanfare/plugins/verdictcache.h>

#include <QObject>
#include <QThreadPool>

#include <atomic>

namespace Fanfare {

/// What can be told about a plugin file without running any of its code.
struct Examination
{
    QString path;
    quint64 request = 0; ///< as given to examine()
    PluginState reached = PluginState::Settled;
    bool hasChanged = false; ///< while it was read: it has not settled after all
    ShadowCopy copy;         ///< from Cached on
    PluginMetadata metadata; ///< as far as it could be read
    bool hasUniqueSymbols = false;
    std::optional<QByteArray> verdict;    ///< what a probe of the same content answered before
    std::optional<PluginRefusal> refusal; ///< speaks of \c path, not of the copy
};

/// Whether verdicts of earlier probes count.
enum class Verdicts : quint8 { Use, Ignore };

/// Vets, copies and looks at plugin files, on threads of its own: a large file on a slow disk must
/// not stop anything else. Files of a plugin folder are only read, never
/// mapped.
///
/// Threads: [owner], an event loop is needed.
class PluginExaminer final : public QObject
{
    Q_OBJECT

public:
    PluginExaminer(const QString &hostPath, const QString &cacheRoot, QObject *parent = nullptr);
    ~PluginExaminer() override; ///< waits for the file that is being read or written [blocks]

    /// examined() follows.
    void examine(const FoundFile &file, Verdicts verdicts, quint64 request);

    /// Keeps the answer of a probe of \a copy for the next time.
    void keepVerdict(const ShadowCopy &copy, const QByteArray &verdict);

    /// Removes the oldest copies, when there are too many.
    void trim();

Q_SIGNALS:
    void examined(const Fanfare::Examination &examination);

private:
    const ShadowStore m_store;
    const VerdictCache m_verdicts;
    std::atomic<bool> m_isEnding = false; // no further file is looked at
    QThreadPool m_threads;
};

} // namespace Fanfare
