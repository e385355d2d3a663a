// SPDX-License-Identifier: MIT
#include "fanfare/executors/emission.h"

#include "fanfare/executors/emissionstate.h"

namespace Fanfare {

Emission::Emission(const Emission &other)
    : m_state(other.m_state)
{
    if (m_state)
        m_state->addReference();
}

void Emission::release()
{
    EmissionState *state = std::exchange(m_state, nullptr);
    if (!state->dropReference())
        return;
    state->end();
    state->pool().giveBack(state);
}

void Emission::cancel()
{
    if (m_state)
        m_state->detail().cancel();
}

EmissionId Emission::id() const
{
    return m_state ? m_state->id() : EmissionId{};
}

QString Emission::eventName() const
{
    return m_state ? m_state->recipients().event : QString();
}

int Emission::taskCount() const
{
    return m_state ? int(m_state->taskCount()) : 0;
}

int Emission::finishedCount() const
{
    return m_state ? int(m_state->taskCount() - m_state->unfinishedCount()) : 0;
}

std::vector<TaskStatus> Emission::tasks() const
{
    return m_state ? m_state->detail().tasks(*m_state) : std::vector<TaskStatus>();
}

bool Emission::waitForFinished(std::chrono::nanoseconds timeout) const
{
    return !m_state || m_state->detail().wait(timeout, *m_state);
}

QFuture<std::vector<TaskStatus>> Emission::future() const
{
    if (m_state)
        return m_state->detail().future(*m_state);
    QPromise<std::vector<TaskStatus>> promise;
    promise.start();
    promise.addResult(std::vector<TaskStatus>());
    promise.finish();
    return promise.future();
}

} // namespace Fanfare
