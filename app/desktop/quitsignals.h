// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace Fanfare {

/// Turns SIGTERM, SIGINT and SIGHUP into a fact of the event loop, so that a window that is asked
/// to go ends its engine and its run file in order. A second one ends the process at once.
///
/// Threads: [gui]; one object at a time.
class QuitSignals final : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void arrived();
};

} // namespace Fanfare
