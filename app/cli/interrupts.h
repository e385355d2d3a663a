// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace Fanfare::Cli {

/// Turns SIGINT and SIGTERM into a signal of the event loop. One per process: signal handlers
/// cannot be told which object they serve.
///
/// Threads: [owner].
class Interrupts final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupts(QObject *parent = nullptr);
    ~Interrupts() override;

Q_SIGNALS:
    void interrupted(); ///< once for each Ctrl+C

private:
    void read();

    int m_readEnd = -1;
};

} // namespace Fanfare::Cli
