// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginelink.h>

#include <QObject>
#include <QTimer>

namespace Fanfare::Cli {

enum ExitCode { Succeeded = 0, NotAllSucceeded = 1, Usage = 2 };

/// One engine from start to end, for one verb. An engine that does not answer within 30 s, or does
/// not leave within 5 s, is killed.
///
/// Threads: [owner], an event loop is needed.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(EngineOptions options);

    void start(); ///< finished() follows

    /// The user pressed Ctrl+C, or asked in another way to stop.
    virtual void interrupt();

Q_SIGNALS:
    void finished(int exitCode);

protected:
    /// The engine is there and knows its plugins; called once.
    virtual void begin(const CatalogFact &catalog) = 0;

    /// The engine is gone; called once, at last, and only after begin(). Returns the exit code.
    virtual int conclude(const EngineEndFact &end) = 0;

    EngineLink &link() { return m_link; }
    void leave(); ///< lets the engine end

private:
    void beginOnce(const CatalogFact &catalog);
    void finish(const EngineEndFact &end);

    EngineLink m_link;
    QTimer m_startGuard;
    QTimer m_leaveGuard;
    bool m_hasBegun = false;
    bool m_isInterrupted = false;
};

} // namespace Fanfare::Cli
