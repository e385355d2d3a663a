// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/plugins/pluginprobe.h>

#include <QObject>

#include <deque>
#include <vector>

namespace Fanfare {

/// Where the handlers of plugins run.
enum class HandlerPlace : quint8 {
    Here,    ///< in this process, which loads the plugins
    Workers, ///< in processes of their own; this one loads nothing
};

/// Finds the plugins in some folders and links the handlers of the good ones to an event linker.
/// Each file goes through the same steps: looked at, probed in a process of its own (two at a
/// time), and only then loaded, if it runs here. A bad file is one fact with a reason and never
/// stops another. Folders in their order and files by name: the same files always get the same
/// subscribers.
///
/// Threads: [owner], an event loop is needed.
class PluginCatalog final : public QObject
{
    Q_OBJECT

public:
    PluginCatalog(EventLinker &linker, ProbeOptions options,
                  HandlerPlace place = HandlerPlace::Here, QObject *parent = nullptr);
    ~PluginCatalog() override;

    void scan(const QStringList &folders); ///< once

    const CatalogFact &facts() const { return m_facts; } ///< complete when scanned() was sent

Q_SIGNALS:
    void scanned();

private:
    void findFiles(const QString &folder);
    void addFile(const QString &path);
    void probeNext();
    void probed(qsizetype plugin, const ProbeAnswer &answer);
    void activateAll();
    void activate(PluginFact &plugin);
    std::optional<PluginRefusal> link(PluginFact &plugin);

    EventLinker &m_linker;
    const ProbeOptions m_options;
    const HandlerPlace m_place;
    CatalogFact m_facts;
    std::deque<qsizetype> m_waiting; // indexes of plugins to be probed
    int m_probing = 0;               // probes that run
};

} // namespace Fanfare
