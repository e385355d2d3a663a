// SPDX-License-Identifier: MIT
#include "fanfare/events/eventemitter.h"

#include <fanfare/executors/transfer.h>

#include <algorithm>
#include <utility>

namespace Fanfare {

EventEmitter::EventEmitter(EventLinker &linker, Executor &executor)
    : m_linker(linker)
    , m_executor(executor)
{
}

static Error invalidEvent()
{
    return {ErrorCode::InvalidEvent,
            QStringLiteral("An event without a name cannot be emitted; give it one, or use "
                           "Event::global().")};
}

Result<Emission> EventEmitter::emit(const Event &event, Arguments arguments,
                                    const EmitOptions &options)
{
    Submission submission;
    if (!arguments.isEmpty())
        submission.arguments.push_back(std::move(arguments));
    return submit(event, submission, options);
}

Result<Emission> EventEmitter::emitBatch(const Event &event, std::vector<Arguments> arguments,
                                         const EmitOptions &options)
{
    if (arguments.empty()) {
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("A batch without arguments emits nothing; give it one set of "
                                    "arguments, which may be empty, for each emission.")};
    }
    Submission submission;
    submission.count = quint32(arguments.size());
    submission.arguments = std::move(arguments);
    return submit(event, submission, options);
}

/// One-time subscribers to the end: they get the first emission of a batch only.
static RecipientsPointer onceLast(const RecipientsPointer &recipients)
{
    auto ordered = std::make_shared<Recipients>(*recipients);
    std::ranges::stable_partition(ordered->subscribers,
                                  [](const auto &each) { return !each->isOnce; });
    return ordered;
}

Result<Emission> EventEmitter::submit(const Event &event, Submission &submission,
                                      const EmitOptions &options)
{
    if (!event.isValid())
        return invalidEvent();
    std::vector<SubscriberPointer> taken;
    submission.recipients = m_linker.take(event, taken);
    if (!submission.recipients)
        return Emission();
    if (submission.count > 1 && !taken.empty()) {
        submission.recipients = onceLast(submission.recipients);
        submission.firstOnly = quint32(taken.size());
    }
    submission.id = number(options.id) != 0 ? options.id : m_ids.take(submission.count);
    for (Arguments &each : submission.arguments)
        fillFields(each, *submission.recipients);
    submission.deadline = options.deadline;
    Result<Emission> emission = m_executor.submit(submission);
    if (taken.empty())
        return emission;
    if (emission)
        m_linker.forget(taken);
    else
        m_linker.restore(taken);
    return emission;
}

} // namespace Fanfare
