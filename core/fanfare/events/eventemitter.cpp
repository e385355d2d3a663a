// SPDX-License-Identifier: MIT
#include "fanfare/events/eventemitter.h"

#include <fanfare/executors/transfer.h>

#include <utility>

namespace Fanfare {

EventEmitter::EventEmitter(EventLinker &linker, Executor &executor)
    : m_linker(linker)
    , m_executor(executor)
{
}

Result<Emission> EventEmitter::emit(const Event &event, Arguments arguments,
                                    const EmitOptions &options)
{
    if (!event.isValid()) {
        return Error{ErrorCode::InvalidEvent,
                     QStringLiteral("An event without a name cannot be emitted; give it one, or "
                                    "use Event::global().")};
    }
    std::vector<TakenSubscriber> taken;
    Submission submission;
    submission.recipients = m_linker.take(event, taken);
    if (!submission.recipients)
        return Emission();
    submission.id = number(options.id) != 0
        ? options.id
        : EmissionId(m_lastId.fetch_add(1, std::memory_order_relaxed) + 1);
    submission.arguments = std::move(arguments);
    fillFields(submission.arguments, *submission.recipients);
    submission.deadline = options.deadline;
    Result<Emission> emission = m_executor.submit(submission);
    if (!emission && !taken.empty())
        m_linker.restore(taken);
    return emission;
}

} // namespace Fanfare
