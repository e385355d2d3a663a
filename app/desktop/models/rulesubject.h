// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>
#include <fanfare/plugins/policybook.h>

#include <optional>

namespace Fanfare {

/// A plugin, event or handler together with what holds for it and what the user decided.
struct RuleSubject
{
    PolicyTarget target;
    QString title;                    ///< how it is called in the tree
    HandlerPolicy policy;             ///< of events only isEnabled and deadlineMs count
    PolicyPart decided;               ///< about this very subject
    std::optional<CrashRecord> crash; ///< of handlers
    bool isAsync = false;             ///< a handler that can never be a blocking one
};

RuleSubject subjectOf(const PluginFact &plugin);
RuleSubject subjectOf(const PluginFact &plugin, const HandlerFact &handler);
RuleSubject subjectOf(const EventFact &event);

} // namespace Fanfare
