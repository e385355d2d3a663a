// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QStringList>

class QAction;
class QSettings;

namespace Fanfare {

class ActionRegistry;
class RunDesk;
class RunPage;
class TimelineWidget;

/// Remembers which runs the window showed when it was closed and which times of the one in front,
/// and shows them again when asked. The layout comes back by itself.
///
/// Threads: [gui].
class LastSession final : public QObject
{
    Q_OBJECT

public:
    /// \a live: the timeline of the run that is going on. All are borrowed.
    LastSession(RunDesk &runs, TimelineWidget &live, ActionRegistry &registry, QSettings &settings,
                QObject *parent = nullptr);

    void save(); ///< what the window shows now; nothing is forgotten when it shows no run of a file

    bool isThere() const; ///< there is something to come back to
    void reopen();        ///< told() when a file is gone

Q_SIGNALS:
    void told(const QString &sentence);

private:
    void showTimes(RunPage &page);

    RunDesk &m_runs;
    TimelineWidget &m_live;
    QSettings &m_settings;
    QString m_liveFile; ///< of the live run; empty when it has none
    QAction *m_action;
};

} // namespace Fanfare
