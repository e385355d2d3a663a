// SPDX-License-Identifier: MIT
#pragma once

#include "filecollector.h"

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QObject>

namespace Fanfare {

class Session;

/// The emissions of the demo, or the sentence that says why there are none. Emissions that need a
/// plugin which is not there are left out. \a files may be empty.
Result<QList<EmitCommand>> demoCommands(const CatalogFact &catalog, const QStringList &files);

/// One emission of FileAdded for each of \a files.
EmitCommand filesCommand(const QStringList &files);

/// Plays the demo: a few seconds of sleeping, computing, hashing and one failure.
class Demo final : public QObject
{
    Q_OBJECT

public:
    explicit Demo(Session &session, QObject *parent = nullptr);

    /// Plays now, or as soon as the engine is ready. unplayable() when the events are not there.
    void play();

Q_SIGNALS:
    void unplayable(const QString &sentence);

private:
    void playWith(const QStringList &files);

    Session &m_session;
    FileCollector m_collector;
    QStringList m_files;
    bool m_isWaiting = false; ///< for the engine
};

} // namespace Fanfare
