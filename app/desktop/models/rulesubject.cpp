// SPDX-License-Identifier: MIT
#include "rulesubject.h"

namespace Fanfare {

RuleSubject subjectOf(const PluginFact &plugin)
{
    return {{PolicyTarget::Kind::Plugin, plugin.id},
            plugin.name,
            resolvePolicy({}, plugin.decided, {}),
            plugin.decided,
            {}};
}

RuleSubject subjectOf(const PluginFact &plugin, const HandlerFact &handler)
{
    return {{PolicyTarget::Kind::Handler, plugin.id + u'/' + handler.name},
            handler.name,
            handler.policy,
            handler.decided,
            handler.crash,
            handler.isAsync};
}

RuleSubject subjectOf(const EventFact &event)
{
    PolicyPart decided;
    if (!event.isEnabled)
        decided.isEnabled = false;
    if (event.deadlineMs > 0)
        decided.deadlineMs = event.deadlineMs;
    return {{PolicyTarget::Kind::Event, event.name},
            event.name,
            resolvePolicy({}, {}, decided),
            decided,
            {}};
}

} // namespace Fanfare
