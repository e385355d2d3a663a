// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginelink.h>

#include <QTemporaryDir>

#include <map>
#include <optional>
#include <set>

/// A folder for everything that a bar leaves behind: plugins, copies, what engines remember.
class BarFolder
{
public:
    BarFolder();

    QString plugins() const { return m_root.filePath(QStringLiteral("plugins")); }
    QString state() const { return m_root.filePath(QStringLiteral("state")); }
    QString path() const { return m_root.path(); }
    void install(const QString &name, const QByteArray &content) const;
    void installFixture(const QString &kind) const;

    Fanfare::EngineOptions options(Fanfare::ExecutorKind executor, int workers = 2) const;

private:
    QTemporaryDir m_root;
};

/// An engine, and how its tasks end.
class BarEngine
{
public:
    explicit BarEngine(const Fanfare::EngineOptions &options);

    bool start();
    bool emitEvent(const QString &event, const QCborMap &fields = {}, quint64 count = 1);
    bool waitForIdle(); ///< or for the end of the engine
    bool waitForEnd();
    bool waitForRunning(size_t count);
    bool waitForCatalog(const std::function<bool(const Fanfare::CatalogFact &)> &condition);

    /// Emits once and returns how it ended: "Succeeded", "Rejected quarantined" ...
    QString endOf(const QString &event, const QCborMap &fields = {});

    const Fanfare::HandlerFact *handler(const QString &name) const;
    qint64 lastWorker() const { return m_lastWorker; }            ///< pid of the one started last
    const std::set<qint64> &workers() const { return m_workers; } ///< pids that are alive
    int count(Fanfare::Outcome outcome) const;

    Fanfare::EngineLink link;

private:
    void take(const Fanfare::BatchFact &batch);

    std::map<Fanfare::Outcome, int> m_outcomes;
    QString m_lastEnd;
    QString m_lastReason;
    std::set<qint64> m_workers;
    qint64 m_lastWorker = 0;
    size_t m_running = 0;
    int m_starts = 0;
    bool m_isIdle = false;
    bool m_hasEnded = false;
};
