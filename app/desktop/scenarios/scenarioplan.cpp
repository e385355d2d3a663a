// SPDX-License-Identifier: MIT
#include "scenarioplan.h"

#include <fanfare/plugins/fieldcheck.h>

#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::ScenarioPlan)
};

const EventFact *describedEvent(const CatalogFact &catalog, const QString &name)
{
    for (const PluginFact &plugin : catalog.plugins) {
        for (const EventFact &event : plugin.events) {
            if (plugin.isActive && event.name == name)
                return &event;
        }
    }
    return nullptr;
}

quint64 handlerCount(const CatalogFact &catalog, const QString &event)
{
    quint64 count = 0;
    for (const PluginFact &plugin : catalog.plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            const bool reacts = handler.events.contains(event) || handler.events.contains(u"*"_s);
            count += plugin.isActive && reacts ? 1 : 0;
        }
    }
    return count;
}

/// \a place: where \a arguments are written.
Result<Arguments> fitted(Arguments arguments, const EventFact *event, const QString &place)
{
    if (!event || !event->isTyped)
        return arguments;
    if (!arguments.positional.isEmpty() || !arguments.named.isEmpty()) {
        return Error{ErrorCode::InvalidArgument,
                     place + (arguments.positional.isEmpty() ? u".named: "_s : u".arguments: "_s)
                         + Text::tr("The scenario emits %1, a typed event, with free arguments; "
                                    "give its values as \"fields\".")
                               .arg(event->name)};
    }
    if (const auto problem = fitFields(event->fields, arguments.fields)) {
        return Error{
            ErrorCode::InvalidArgument,
            place + u".fields."_s + problem->path + u": "_s
                + (problem->kind == FieldProblem::Kind::UnknownField
                       ? Text::tr("The scenario emits %1 with a field \"%2\", which it does not "
                                  "have; take that out.")
                             .arg(event->name, problem->path)
                       : Text::tr("The scenario emits %1 with a value of \"%2\" that does not "
                                  "fit: it is of type %3; change that.")
                             .arg(event->name, problem->path, fieldTypeText(problem->field)))};
    }
    return arguments;
}

Result<EmitCommand> commandOf(const ScenarioStep &step, const CatalogFact &catalog)
{
    EmitCommand command{.event = step.event,
                        .count = step.count,
                        .rate = step.rate,
                        .concurrency = step.concurrency,
                        .deadline = step.taskDeadline};
    const EventFact *event = describedEvent(catalog, step.event);
    for (qsizetype i = 0; i < step.arguments.size(); ++i) {
        Result<Arguments> arguments = fitted(step.arguments.at(i), event, step.placeOf(i));
        if (!arguments)
            return arguments.error();
        command.arguments.append(*std::move(arguments));
    }
    return command;
}

} // namespace

Result<ScenarioPlan> planOf(const std::vector<ScenarioStep> &steps, const CatalogFact &catalog)
{
    ScenarioPlan plan;
    for (const ScenarioStep &step : steps) {
        const quint64 handlers = handlerCount(catalog, step.event);
        if (handlers == 0) {
            return Error{
                ErrorCode::NotFound,
                step.placeOf(0) + u".event: "_s
                    + Text::tr("The scenario emits %1, and no active plugin reacts to that; add "
                               "the plugin, or take the event out of the scenario.")
                          .arg(step.event)};
        }
        Result<EmitCommand> command = commandOf(step, catalog);
        if (!command)
            return command.error();
        plan.tasks += step.count * handlers;
        plan.commands.push_back(*std::move(command));
    }
    return plan;
}

QString emissionsText(const Scenario &scenario)
{
    const quint64 count = scenario.emissions();
    return count == 1 ? Text::tr("1 emission") : Text::tr("%L1 emissions").arg(count);
}

} // namespace Fanfare
