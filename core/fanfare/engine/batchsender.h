// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/emitscheduler.h>
#include <fanfare/engine/outputcapture.h>
#include <fanfare/ipc/pipewriter.h>
#include <fanfare/trace/recorder.h>

#include <QObject>
#include <QTimer>

namespace Fanfare {

/// Drains the recorder at most 60 times a second, less often when there is very much to look at,
/// and sends what it got, as long as something can be there. While the pipe to the client is
/// congested it waits: workers keep their records.
///
/// Threads: [owner], an event loop is needed.
class BatchSender final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed.
    BatchSender(Recorder &recorder, const EmitScheduler &scheduler, OutputCapture &output,
                PipeWriter &writer, QObject *parent = nullptr);

    void wake();  ///< something may be there now
    void hurry(); ///< so much is there that somebody waits for the next look

    /// Sends how far everything is, without what the recorder has.
    void reportProgress();

    /// Every accepted task was reported, and no line waits. Exact, because it counts.
    bool isQuiet() const { return m_isQuiet && m_finished == m_scheduler.tasks(); }

Q_SIGNALS:
    void becameQuiet();
    void reported(quint64 tasks); ///< ended ones since the beginning, after each look

private:
    void look();
    void drain();
    bool hasNews(const TraceBatch &batch);
    void send(const TraceBatch &batch);
    void sendProgress(qint64 time);

    Recorder &m_recorder;
    const EmitScheduler &m_scheduler;
    OutputCapture &m_output;
    PipeWriter &m_writer;
    QTimer m_timer;
    quint64 m_finished = 0; // tasks whose end was reported or counted as dropped
    QByteArray m_lastLive;  // what was open at the last batch, without the time
    quint64 m_lastEmissions = 0;
    QueueFact m_lastQueue;
    qint64 m_lastSent = 0;
    bool m_isQuiet = true;
};

} // namespace Fanfare
