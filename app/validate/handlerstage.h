// SPDX-License-Identifier: MIT
#pragma once

#include "validate/handlercalls.h"
#include "validate/payloads.h"
#include "validate/stagechannel.h"
#include "validate/stages.h"

#include <fanfare/plugins/plugindescription.h>

namespace Fanfare::Validate {

/// Runs one handler in every way that an engine may run it, and looks at what it does to its
/// process. The working directory is a scratch folder.
///
/// Threads: [owner].
class HandlerStage
{
public:
    HandlerStage(StageOrder order, StageChannel &channel);

    void run();

private:
    void runEvent(const EventFact &event);
    bool call(const QString &what, const std::vector<Arguments> &arguments,
              std::chrono::milliseconds budget);
    bool judge(const CallEnd &end, const QString &what, const Arguments &arguments);
    bool checkRandom(const EventFact &event);
    bool checkHostile(const EventFact &event);
    void checkLeaks(const EventFact &event);
    bool runBatch(const std::vector<Arguments> &same);
    bool reportOpen(const struct ProcessUsage &before, const struct ProcessUsage &after);
    void checkProcess(const struct ProcessState &before);
    void report(const char *code, const QString &message, const QString &wayOut,
                const QString &payload = {});

    const StageOrder m_order;
    StageChannel &m_channel;
    Payloads m_payloads;
    std::unique_ptr<Handler> m_handler;
    std::unique_ptr<HandlerCalls> m_calls;
    bool m_expectsNonsense = false; // the arguments are hostile
};

} // namespace Fanfare::Validate
