// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/runs/runinfo.h>

#include <QObject>
#include <QThread>

#include <map>

namespace Fanfare {

class RunFileWriter;
class Session;

/// Keeps what the session does in run files, one for each engine and after each Clear, while it
/// goes on. A file begins with the first task, so that an engine nobody used leaves none. A disk
/// that is full or too slow costs the record, never a task: troubled() says so.
///
/// Threads: [gui]. Writing happens in a thread of its own; the destructor blocks until what waits
/// is on the disk.
class RunKeeper final : public QObject
{
    Q_OBJECT

public:
    /// More spans do not wait for the disk: some 300 MiB.
    static constexpr qint64 maximumWaiting = 4'000'000;

    /// \a session is borrowed and outlives this, or endRun() is called before it goes.
    RunKeeper(Session &session, QString folder, QObject *parent = nullptr);
    ~RunKeeper() override;

    void endRun(); ///< the next task begins another file
    bool isKeeping() const { return m_isKeeping; }

    /// The scenario that begins now is played at \a speed, see PlaySpeed: the run that begins with
    /// it says so. One that goes on stays what it was.
    void noteSpeed(double speed) { m_speed = m_isKeeping ? 1 : speed; }

Q_SIGNALS:
    void beginning(const Fanfare::RunInfo &info);
    void begun(const QString &path); ///< of the run file
    void ended(const QString &path); ///< of the run file, which is whole now
    void troubled(const QString &sentence);

private:
    void take(const BatchFact &batch);
    void takeEnd(const EngineEndFact &end);
    void noteLanes(const TraceBatch &trace);
    void beginRun(const BatchFact &batch);
    void sendNames();
    void send(const TraceBatch &batch);
    void giveUp();

    Session &m_session;
    const QString m_folder;
    QThread m_thread;
    RunFileWriter *m_writer;               ///< lives in m_thread, which deletes it
    std::map<LaneId, LaneInfo> m_lanes;    ///< of the running engine
    std::map<LaneId, LaneEvent> m_tenures; ///< who serves a lane now
    quint64 m_emissions = 0;               ///< of the running engine
    quint64 m_emissionsBefore = 0;         ///< that, when the run began
    double m_speed = 1;                    ///< of the run that begins next
    bool m_isKeeping = false;
    bool m_isGivenUp = false; ///< until the run ends
};

} // namespace Fanfare
