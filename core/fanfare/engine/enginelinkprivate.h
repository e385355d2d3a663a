// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/batchfolder.h>
#include <fanfare/engine/catalogindex.h>
#include <fanfare/engine/clusterfact.h>
#include <fanfare/engine/enginelink.h>
#include <fanfare/engine/engineprocess.h>
#include <fanfare/engine/eventhistory.h>
#include <fanfare/engine/flightfile.h>
#include <fanfare/engine/taskaccount.h>

#include <QTimer>

#include <functional>
#include <optional>

namespace Fanfare {

/// The life of one engine after another: what is said to it, what it says, and its end.
class EngineLink::Private
{
public:
    enum class State {
        Stopped,
        Starting, ///< started, no catalog yet
        Running,
        Leaving, ///< shutdown was asked for
    };

    Private(EngineLink &link, EngineOptions options);

    void start();
    Result<quint64> emitEvent(const EmitCommand &command);
    void shutdown();

    EngineLink &q;
    EngineOptions options; // of the next start
    State state = State::Stopped;
    CatalogFact catalog;
    ClusterFact cluster;
    EventHistory history;
    std::unique_ptr<EngineProcess> process; // null while Stopped

private:
    void startProcess(const QString &hostPath);
    void sayHello();
    void failLater(const QString &problem);

    Result<void> handle(const Frame &frame);
    Result<void> readWelcome(const QByteArray &payload);
    Result<void> readCatalog(const QByteArray &payload);
    Result<void> readCluster(const QByteArray &payload);
    Result<void> readBatch(const Frame &frame);
    Result<void> readCommandEnd(const Frame &frame);
    void readIdle(quint64 command);

    void sendBatch();
    void processEnded(int exitCode, int signal, const QString &problem);
    void countCrash(const EngineEndFact &end);
    void closeCommands(const TaskAccount::Losses &losses, const QString &reason);
    void forgetEngine();
    std::optional<Error> refusal(const EmitCommand &command, const Recipe &recipe) const;

    CatalogIndex m_index;
    std::unique_ptr<FlightFile> m_flight;
    TaskAccount m_account;
    BatchFolder m_folder;
    QTimer m_greetingLimit; // how long the engine may take to answer
    QTimer m_printedDelay;  // until printed lines go out without a batch
    QByteArray m_nonce;
    quint64 m_lastCommand = 0;
    bool m_isWelcome = false;
    bool m_hasSaidBye = false;
};

} // namespace Fanfare
