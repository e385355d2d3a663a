// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace Fanfare {

class TimelineWidget;

/// Keeps what the user makes of a run's timeline in a small file beside the file of the run: notes,
/// lanes, bookmarks, filter. It is written a moment after a change, and goes when nothing is left
/// to keep.
///
/// Threads: [gui]; the destructor writes what is not written yet, and blocks until then.
class RunEdits final : public QObject
{
    Q_OBJECT

public:
    /// \a run is the path of the run file, \a timeline shows it.
    RunEdits(QString run, TimelineWidget &timeline, QObject *parent = nullptr);
    ~RunEdits() override;

    /// Gives the timeline what is kept. Returns an empty string, or a sentence about a file that
    /// cannot be used; it is left as it is until the next change.
    QString restore();

    static QString fileFor(const QString &run); ///< its path

Q_SIGNALS:
    void troubled(const QString &sentence); ///< something could not be written

private:
    void write();

    const QString m_run;
    const QPointer<TimelineWidget> m_timeline; ///< null once it is gone, with a closed window
    QTimer m_soon;
};

} // namespace Fanfare
