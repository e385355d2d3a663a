// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/folderwatch.h>
#include <fanfare/plugins/pluginbuild.h>
#include <fanfare/plugins/pluginexaminer.h>
#include <fanfare/plugins/pluginprobe.h>
#include <fanfare/plugins/settling.h>

#include <deque>
#include <map>

namespace Fanfare {

struct PipelineOptions
{
    ProbeOptions probe;
    QString cacheRoot; ///< of the copies; empty: see ShadowStore
};

/// Takes every file of the plugin folders from Seen to Probed or Refused, and again when its
/// content changes. Each file goes alone: none waits for the end of another one.
///
/// Threads: [owner], an event loop is needed.
class PluginPipeline final : public QObject
{
    Q_OBJECT

public:
    explicit PluginPipeline(const PipelineOptions &options, QObject *parent = nullptr);
    ~PluginPipeline() override;

    void start(const QStringList &folders); ///< once; a first look at what is there
    void watch();                           ///< looks again whenever something changes
    void look();                            ///< looks now

    /// Takes the file \a path through all steps again, whatever is remembered of it.
    void tryAgain(const QString &path);

    const QStringList &problems() const { return m_problems; } ///< about folders, as of now

Q_SIGNALS:
    void seen(const QString &path, const Fanfare::PluginPlace &place); ///< a new file
    void reached(const QString &path, Fanfare::PluginState state);     ///< on the way to built()
    void built(const Fanfare::PluginBuild &build);
    void vanished(const QString &path);
    void problemsChanged();

    /// Nothing is under way. Files that somebody has been writing for more than a second do not
    /// count.
    void caughtUp();

private:
    enum class Step : quint8 { Settling, Examining, Probing, Done };
    struct File
    {
        FoundFile found;
        FileStamp examined; // what the present step is about
        Settling settling;
        Step step = Step::Settling;
        quint64 request = 0; // of that step; answers to others are dropped
        Verdicts verdicts = Verdicts::Use;
        qint64 since = 0;     // when settling began
        qint64 lostSince = 0; // 0 while it is there
        bool isStable = true; // false: told as unstable
        PluginBuild build;    // as far as it is known
    };

    void update(const FoundFile &found, qint64 now);
    void restart(File &file, qint64 now);
    void settle(File &file, qint64 now);
    void dropLost(const std::vector<FoundFile> &found, qint64 now);
    void setProblems(const QStringList &problems);
    void examine(File &file);
    void takeExamination(const Examination &examination);
    void probeNext();
    void probe(const QString &path);
    void takeAnswer(const QString &path, quint64 request, const ProbeAnswer &answer);
    void finish(File &file);
    void scheduleLook();
    void tellWhenCaughtUp();
    File *find(const QString &path, quint64 request);

    const PipelineOptions m_options;
    PluginExaminer m_examiner;
    FolderWatch m_watch;
    QTimer m_nextLook;
    QStringList m_folders;
    QStringList m_problems;
    std::map<QString, File> m_files;
    std::deque<QString> m_waiting; // for a probe
    int m_probing = 0;
    quint64 m_lastRequest = 0;
    bool m_isCaughtUp = false;
    bool m_isWatching = false;
};

} // namespace Fanfare
