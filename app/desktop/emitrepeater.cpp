// SPDX-License-Identifier: MIT
#include "emitrepeater.h"

#include "session.h"

#include <cmath>
#include <utility>

namespace Fanfare {

/// Emissions of a part when no rate is given: as many as the engine takes in some milliseconds.
static constexpr quint64 partWithoutRate = 1000;

EmitRepeater::EmitRepeater(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_session, &Session::commandEnded, this, &EmitRepeater::takeEnd);
    connect(&m_session, &Session::canceled, this, &EmitRepeater::stop);
    connect(&m_session, &Session::engineStateChanged, this, [this](EngineState state) {
        if (state != EngineState::Ready)
            stop();
    });
}

void EmitRepeater::start(EmitCommand command)
{
    stop();
    command.count =
        command.rate > 0 ? quint64(std::max(1.0, std::ceil(command.rate))) : partWithoutRate;
    m_command = std::move(command);
    m_isContinuing = false;
    Q_EMIT repeatingChanged(true);
    emitNext();
}

void EmitRepeater::stop()
{
    if (!std::exchange(m_command, std::nullopt))
        return;
    m_number = 0;
    m_isContinuing = false;
    Q_EMIT repeatingChanged(false);
}

void EmitRepeater::stopIfIn(const EmissionRange &emissions)
{
    if (m_command && emissions.contains(m_newest))
        stop();
}

void EmitRepeater::emitNext()
{
    const QMetaObject::Connection told =
        connect(&m_session, &Session::emitted, this, [this](EmissionId first, const auto &command) {
            m_newest = EmissionId(Fanfare::number(first) + command.count - 1);
        });
    m_number = m_session.emitEvent(*m_command);
    disconnect(told);
    m_isContinuing = true;
    if (m_number == 0)
        stop(); // it was refused, and the session said why
}

void EmitRepeater::takeEnd(quint64 number)
{
    if (m_command && number == m_number)
        emitNext();
}

} // namespace Fanfare
