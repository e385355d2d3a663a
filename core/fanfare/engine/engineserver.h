// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginemessages.h>
#include <fanfare/engine/engineparts.h>
#include <fanfare/ipc/pipereader.h>
#include <fanfare/ipc/pipewriter.h>

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Fanfare {

/// The engine's end of an engine link: obeys the commands that arrive and reports what happens.
///
/// Threads: [owner], an event loop is needed.
class EngineServer final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        int input = -1; ///< descriptors, borrowed
        int output = -1;
        QString hostPath;                                 ///< what probes plugins
        std::function<void(FlightLog &)> flightLogMapped; ///< called before any foreign code runs
        ClusterMaker clusterMaker;                        ///< empty: no other hosts
    };

    explicit EngineServer(Options options, QObject *parent = nullptr);
    ~EngineServer() override;

Q_SIGNALS:
    void left();       ///< the client knows everything; the process may end
    void clientLost(); ///< nobody listens who could be served; the process has to end at once

private:
    void readBytes(const QByteArray &bytes);
    bool handle(const Frame &frame);
    bool greet(const QByteArray &payload);
    QString start(const HelloMessage &hello);
    bool emitEvent(const Frame &frame);
    void cancelAll();
    bool cancel(const QByteArray &payload);
    void reportCatalog();
    void reportCluster();
    void beginShutdown();
    void reportQuiet();
    void leave();
    void send(EngineReport report, const QByteArray &payload = {}, quint64 number = 0);

    const Options m_options;
    PipeReader m_reader;
    PipeWriter m_writer;
    FrameReader m_frames;
    std::unique_ptr<EngineParts> m_parts; // null before the hello
    QTimer m_clusterTimer;
    ClusterFact m_lastCluster;
    quint64 m_lastCommand = 0;
    quint64 m_lastIdle = 0;   // the command up to which the client knows that all is done
    bool m_isLeaving = false; // a shutdown was asked for
    bool m_hasLeft = false;
};

} // namespace Fanfare
