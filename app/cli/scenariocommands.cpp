// SPDX-License-Identifier: MIT
#include "cli/scenariocommands.h"

#include "cli/requestcheck.h"

#include <fanfare/plugins/fieldcheck.h>

#include <map>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

/// ".fields.ms": the value of \a given that does not fit.
static QString placeIn(const Arguments &given, const EventFact &event)
{
    QCborMap fields = given.fields;
    const auto problem = fitFields(event.fields, fields);
    if (problem && given.positional.isEmpty() && given.named.isEmpty())
        return u".fields."_s + problem->path;
    return given.positional.isEmpty() ? u".named"_s : u".arguments"_s;
}

static Result<EmitCommand> commandOf(const ScenarioStep &step, const EventFact &event)
{
    EmitCommand command{.event = step.event,
                        .count = step.count,
                        .rate = step.rate,
                        .concurrency = step.concurrency,
                        .deadline = step.taskDeadline};
    for (qsizetype i = 0; i < step.arguments.size(); ++i) {
        const Arguments &given = step.arguments.at(i);
        Result<Arguments> arguments = checkedArguments(given, event);
        if (!arguments) {
            return Error{arguments.error().code,
                         step.placeOf(i) + placeIn(given, event) + u": "_s
                             + arguments.error().message};
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
                return Error{fact.error().code,
                             step.placeOf(0) + u".event: "_s + fact.error().message};
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
