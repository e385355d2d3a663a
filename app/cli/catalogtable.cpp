// SPDX-License-Identifier: MIT
#include "cli/columns.h"
#include "cli/pluginsession.h"
#include "cli/wording.h"

#include <QFileInfo>

namespace Fanfare::Cli {

static QString orDash(const QString &text)
{
    return text.isEmpty() ? u"-"_qs : printable(text);
}

static QString eventNames(const PluginFact &plugin)
{
    QStringList names;
    for (const EventFact &event : plugin.events)
        names.append(event.name);
    for (const HandlerFact &handler : plugin.handlers)
        names.append(handler.events);
    names.removeDuplicates();
    return names.join(u", "_qs);
}

static QString handlerNames(const PluginFact &plugin)
{
    QStringList names;
    for (const HandlerFact &handler : plugin.handlers)
        names.append(handler.isAsync ? handler.name + u" (async)"_qs : handler.name);
    return names.join(u", "_qs);
}

static QStringList rowOf(const PluginFact &plugin)
{
    const QString name = plugin.name.isEmpty() ? QFileInfo(plugin.path).fileName() : plugin.name;
    return {orDash(name),
            orDash(plugin.version),
            stateName(plugin.state),
            QString::number(plugin.events.size()),
            QString::number(plugin.handlers.size()),
            printable(plugin.path)};
}

/// "deadline 50 ms (plugin)": what is not as it would be anyway, and who said so.
static QString policyText(const HandlerPolicy &policy)
{
    QStringList parts;
    const auto add = [&parts](const QString &text, PolicySource source) {
        if (source != PolicySource::Default)
            parts.append(u"%1 (%2)"_qs.arg(text, sourceName(source)));
    };
    add(policy.isEnabled.value ? u"enabled"_qs : u"disabled"_qs, policy.isEnabled.source);
    add(policy.isolation.value == Isolation::Process      ? u"on processes only"_qs
            : policy.isolation.value == Isolation::Thread ? u"on threads only"_qs
                                                          : u"anywhere"_qs,
        policy.isolation.source);
    add(policy.deadlineMs.value > 0 ? u"deadline %1 ms"_qs.arg(policy.deadlineMs.value)
                                    : u"no deadline"_qs,
        policy.deadlineMs.source);
    add(policy.concurrency.value > 0 ? u"%1 at once"_qs.arg(policy.concurrency.value)
                                     : u"any number at once"_qs,
        policy.concurrency.source);
    add(policy.isIdempotent.value ? u"idempotent"_qs : u"not idempotent"_qs,
        policy.isIdempotent.source);
    if (policy.isBlocking.value)
        add(u"waits beside the workers"_qs, policy.isBlocking.source);
    add(policy.maxMemoryMb.value > 0 ? u"%1 MiB of memory"_qs.arg(policy.maxMemoryMb.value)
                                     : u"any amount of memory"_qs,
        policy.maxMemoryMb.source);
    return parts.join(u", "_qs);
}

/// What is special about one handler; nothing for most.
static void writeHandler(const HandlerFact &handler, Output &output)
{
    const QString indent = u"    %1: "_qs.arg(printable(handler.name));
    if (const QString text = policyText(handler.policy); !text.isEmpty())
        output.line(indent + text);
    if (handler.block)
        output.line(indent + u"%1: %2"_qs.arg(handler.block->code, printable(handler.block->text)));
    if (handler.crash)
        output.line(indent
                    + u"crashed %1 since it last succeeded: %2"_qs.arg(
                        handler.crash->crashes == 1 ? u"once"_qs
                                                    : u"%1 times"_qs.arg(handler.crash->crashes),
                        printable(handler.crash->text)));
}

static void writeDetails(const PluginFact &plugin, Output &output)
{
    const QString name = plugin.name.isEmpty() ? QFileInfo(plugin.path).fileName() : plugin.name;
    output.line({});
    output.line(printable(plugin.summary.isEmpty() ? name : name + u": "_qs + plugin.summary));
    if (plugin.state == PluginState::Refused) {
        output.line(u"  refused (%1): %2"_qs.arg(plugin.code, printable(plugin.message)));
        if (!plugin.loaderText.isEmpty())
            output.line(u"  the loader says: "_qs + printable(plugin.loaderText));
    }
    if (!plugin.isActive)
        return;
    if (plugin.newBuild) {
        output.line(u"  new build refused (%1): %2"_qs.arg(plugin.newBuild->code,
                                                           printable(plugin.newBuild->message)));
    }
    output.line(u"  events    "_qs + orDash(eventNames(plugin)));
    output.line(u"  handlers  "_qs + orDash(handlerNames(plugin)));
    for (const HandlerFact &handler : plugin.handlers)
        writeHandler(handler, output);
    for (const EventFact &event : plugin.events) {
        if (!event.isEnabled)
            output.line(u"    %1: disabled"_qs.arg(printable(event.name)));
        if (event.deadlineMs > 0)
            output.line(
                u"    %1: deadline %2 ms"_qs.arg(printable(event.name)).arg(event.deadlineMs));
    }
}

void writeCatalogTable(const CatalogFact &catalog, Output &output)
{
    QList<QStringList> rows{
        {u"PLUGIN"_qs, u"VERSION"_qs, u"STATE"_qs, u"EVENTS"_qs, u"HANDLERS"_qs, u"PATH"_qs}};
    for (const PluginFact &plugin : catalog.plugins)
        rows.push_back(rowOf(plugin));
    if (rows.size() > 1)
        writeColumns(rows, output);
    else
        output.line(u"No plugins found; name a folder with --plugins DIR."_qs);
    for (const PluginFact &plugin : catalog.plugins)
        writeDetails(plugin, output);
    for (const QString &problem : catalog.problems)
        output.line(u"\nProblem: "_qs + printable(problem));
}

} // namespace Fanfare::Cli
