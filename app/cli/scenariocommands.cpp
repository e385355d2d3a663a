// SPDX-License-Identifier: MIT
#include "cli/scenariocommands.h"

#include "cli/requestcheck.h"

#include <map>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

static Result<EmitCommand> commandOf(const ScenarioStep &step, const EventFact &event)
{
    EmitCommand command{.event = step.event,
                        .count = step.count,
                        .rate = step.rate,
                        .concurrency = step.concurrency};
    for (const Arguments &given : step.arguments) {
        Result<Arguments> arguments = checkedArguments(given, event);
        if (!arguments) {
            return Error{arguments.error().code,
                         u"The scenario emits %1 with arguments that do not fit: %2"_s.arg(
                             step.event, arguments.error().message)};
        }
        command.arguments.append(*std::move(arguments));
    }
    return command;
}

Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog)
{
    ScenarioPlan plan;
    std::map<QString, EventFact> known;
    for (const ScenarioStep &step : steps) {
        auto event = known.find(step.event);
        if (event == known.end()) {
            const Result<EventFact> fact = knownEvent(step.event, catalog);
            if (!fact)
                return fact.error();
            event = known.emplace(step.event, *fact).first;
        }
        Result<EmitCommand> command = commandOf(step, event->second);
        if (!command)
            return command.error();
        plan.tasks += command->count * handlersOf(step.event, catalog);
        plan.commands.push_back(*std::move(command));
    }
    return plan;
}

Result<Request> planRequest(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog)
{
    Result<ScenarioPlan> plan = planOf(steps, catalog);
    if (!plan)
        return plan.error();
    Request request;
    request.planTasks = plan->tasks;
    request.plan = std::move(plan->commands);
    return request;
}

} // namespace Fanfare::Cli
