// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/executors/emissionrange.h>

#include <QObject>

#include <optional>

namespace Fanfare {

class Session;

/// Makes the same emission again and again until it is stopped: a second's worth at a time, so that
/// emissions stay numbered without gaps.
///
/// Threads: [gui].
class EmitRepeater final : public QObject
{
    Q_OBJECT

public:
    explicit EmitRepeater(Session &session, QObject *parent = nullptr);

    void start(EmitCommand command); ///< its count does not matter; instead of what went on
    void stop();                     ///< what was asked for already goes on

    void stopIfIn(const EmissionRange &emissions); ///< when its newest emission is among them

    bool isRepeating() const { return m_command.has_value(); }
    bool isContinuing() const { return m_isContinuing; } ///< not the first second's worth

Q_SIGNALS:
    void repeatingChanged(bool repeating);

private:
    void emitNext();
    void takeEnd(quint64 number);

    Session &m_session;
    std::optional<EmitCommand> m_command;
    quint64 m_number = 0;  ///< of the command that runs
    EmissionId m_newest{}; // that was asked for
    bool m_isContinuing = false;
};

} // namespace Fanfare
