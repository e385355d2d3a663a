// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/plugins/handlerrules.h>
#include <fanfare/plugins/pluginlinking.h>
#include <fanfare/plugins/pluginpipeline.h>

#include <QObject>
#include <QSet>
#include <QTimer>

#include <map>

namespace Fanfare {

/// Finds the plugins in some folders and links the handlers of the good ones to an event linker.
/// Each file goes through the steps of PluginPipeline, and only then is a copy of it loaded, if it
/// runs here. A bad file is one fact with a reason and never stops another. Folders in their order
/// and files by name: the same files always get the same subscribers.
///
/// With watch() the catalog follows what happens in the folders: a new file is linked, a new build
/// takes the place of the old one in one step, and a bad new build leaves the old one active.
///
/// Handlers run as HandlerRules says. One that crashed too often stays linked: its tasks end as
/// Rejected, so that everybody sees why nothing happens.
///
/// Threads: [owner], an event loop is needed.
class PluginCatalog final : public QObject
{
    Q_OBJECT

public:
    PluginCatalog(EventLinker &linker, ProbeOptions options,
                  HandlerPlace place = HandlerPlace::Here, const RuleFiles &rules = {},
                  QObject *parent = nullptr);
    ~PluginCatalog() override;

    void scan(const QStringList &folders); ///< once; scanned() follows
    void watch();                          ///< follow what happens, after scan()

    void rescan();                      ///< looks at the folders, and at the rules, now
    void tryAgain(const QString &path); ///< takes the file through all steps again

    /// A worker died because of \a handler, see CrashReport::isByHandler; \a text is a sentence.
    void countCrash(const HandlerIdentity &handler, const QString &text);

    /// How long tasks of \a event may run; 0: as long as their handlers may.
    std::chrono::nanoseconds deadlineOf(const QString &event) const;

    const CatalogFact &facts() const { return m_facts; } ///< complete when scanned() was sent

Q_SIGNALS:
    void scanned(); ///< once
    void changed(); ///< facts() are different; never before scanned()

    /// Gates of handlers were closed, with their plugin or alone: see Executor::rejectWithdrawn().
    void removed();

private:
    /// A file and what is known of it.
    struct Entry
    {
        PluginFact fact;
        HandlerGates gates;                  // of the handlers that are linked
        ShadowCopy copy;                     // what the fact is about; held while it is used
        std::optional<PluginBuild> latest;   // not applied yet
        std::optional<PluginBuild> excluded; // good, but another plugin has its id
        bool isGone = false;                 // its file is
    };

    void addEntry(const QString &path, const PluginPlace &place);
    void advance(const QString &path, PluginState state);
    void takeBuild(const PluginBuild &build);
    void dropEntry(const QString &path);
    void applyWithin(std::chrono::milliseconds pause);
    void finishScan();
    void apply();
    void dropGone();
    void applyBuilds();
    void applyBuild(Entry &entry, const PluginBuild &build);
    void refuse(Entry &entry, const PluginBuild &build, const PluginRefusal &refusal);
    void activate(Entry &entry, const PluginBuild &build);
    std::optional<PluginRefusal> refusalToUse(const Entry &entry, const PluginBuild &build) const;
    std::optional<PluginRefusal> link(PluginFact &plugin, const HandlerGates &gates);
    void applyRules();
    void applyRulesTo(Entry &entry);
    void relink(Entry &entry, PluginFact fresh);
    void setGates(const PluginFact &plugin, const HandlerGates &gates);
    void closeGates(const Entry &entry);
    void takeSuccesses();
    Entry *find(const QString &path);
    void publish();

    EventLinker &m_linker;
    const HandlerPlace m_place;
    PluginPipeline m_pipeline;
    HandlerRules m_rules;
    QTimer m_applyTimer;
    QTimer m_trustTimer; // while handlers that crashed may succeed
    std::map<PluginPlace, Entry> m_entries;
    QHash<QString, PluginPlace> m_places; // by path
    QSet<QString> m_pinned; // ids of plugins of which this process keeps symbols for ever
    QHash<QString, QByteArray> m_mapped; // what this process loaded last, by id
    CatalogFact m_facts;
    bool m_hasRemoved = false; // to be told
    bool m_isScanned = false;
};

} // namespace Fanfare
