// SPDX-License-Identifier: MIT
#pragma once

#include <support/versionedplugin.h>

#include <fanfare/plugins/plugincatalog.h>

#include <QTemporaryDir>

#include <functional>

/// A plugin folder and a cache of its own, and what a catalog makes of them.
class Scanning
{
public:
    /// Probes are given \a timeout.
    explicit Scanning(std::chrono::milliseconds timeout = std::chrono::seconds(10));
    ~Scanning();

    QString folder() const;
    QString file(const QString &name) const { return folder() + u'/' + name; }

    /// Looks at the folder with a new catalog, as an engine with worker processes does. False when
    /// the first scan does not end within a minute.
    bool scan();

    const Fanfare::CatalogFact &facts() const { return m_catalog->facts(); }
    const Fanfare::PluginFact *fact(const QString &name) const;
    int activeCount() const;
    Fanfare::PluginCatalog &catalog() { return *m_catalog; }

    /// How long the event loop was away at most since scan() began, ms.
    qint64 longestGap() const { return m_longestGap; }

private:
    const std::chrono::milliseconds m_timeout;
    QTemporaryDir m_root;
    std::unique_ptr<Fanfare::EventLinker> m_linker;
    std::unique_ptr<Fanfare::PluginCatalog> m_catalog;
    QTimer m_heartbeat;
    qint64 m_lastBeat = 0;
    qint64 m_longestGap = 0;
};

/// Handles events until \a condition holds, at most \a timeout ms.
bool waitFor(const std::function<bool()> &condition, int timeout);

/// Whether some process has \a path in its command line.
bool isAnyProcessUsing(const QString &path);

/// A build of the fixture "versioned" with an id of its own.
QByteArray pluginNumber(int number);
