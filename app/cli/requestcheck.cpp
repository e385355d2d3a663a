// SPDX-License-Identifier: MIT
#include "cli/requestcheck.h"

#include "cli/fieldcheck.h"
#include "cli/wording.h"

#include <algorithm>

namespace Fanfare::Cli {

static Error refusal(const QString &sentence, ErrorCode code = ErrorCode::InvalidArgument)
{
    return {code, sentence};
}

/// The names of all events of active plugins, described or only handled; the global event is none
/// that can be emitted.
static QStringList eventNames(const CatalogFact &catalog)
{
    QStringList names;
    for (const PluginFact &plugin : catalog.plugins) {
        if (!plugin.isActive)
            continue;
        for (const EventFact &event : plugin.events)
            names.append(event.name);
        for (const HandlerFact &handler : plugin.handlers)
            names.append(handler.events);
    }
    names.removeAll(u"*"_qs);
    names.removeDuplicates();
    std::sort(names.begin(), names.end());
    return names;
}

static Error unknownEvent(const QString &event, const CatalogFact &catalog)
{
    const QStringList names = eventNames(catalog);
    const auto refused = std::count_if(catalog.plugins.begin(), catalog.plugins.end(),
                                       [](const PluginFact &plugin) { return !plugin.isActive; });
    QString wayOut =
        u"there are none, because no plugin was found; name a folder with --plugins DIR"_qs;
    if (names.size() > 30)
        wayOut = u"`fanfare-cli plugins` lists the %1 there are"_qs.arg(names.size());
    else if (!names.isEmpty())
        wayOut = u"there are: %1"_qs.arg(printable(names.join(u", "_qs)));
    if (refused > 0)
        wayOut += u" (and %1 could not be used, see `fanfare-cli plugins`)"_qs.arg(
            counted(quint64(refused), u"plugin"_qs));
    return refusal(
        u"There is no event %1%2; %3."_qs.arg(quoted(event), didYouMean(event, names), wayOut),
        ErrorCode::NotFound);
}

Result<EventFact> knownEvent(const QString &event, const CatalogFact &catalog)
{
    if (!eventNames(catalog).contains(event))
        return unknownEvent(event, catalog);
    for (const PluginFact &plugin : catalog.plugins) {
        for (const EventFact &fact : plugin.events) {
            if (plugin.isActive && fact.name == event)
                return fact;
        }
    }
    return EventFact{event};
}

quint64 handlersOf(const QString &event, const CatalogFact &catalog)
{
    quint64 count = 0;
    for (const PluginFact &plugin : catalog.plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (plugin.isActive
                && (handler.events.contains(event) || handler.events.contains(u"*"_qs)))
                ++count;
        }
    }
    return count;
}

/// The field that --each-file fills: the first path, else the one that is called so.
static QString pathField(const EventFact &event)
{
    for (const FieldFact &field : event.fields) {
        if (field.type == u"path")
            return field.name;
    }
    const bool hasPath = std::any_of(event.fields.begin(), event.fields.end(),
                                     [](const FieldFact &field) { return field.name == u"path"; });
    return hasPath ? u"path"_qs : QString();
}

static Result<void> checkPayload(const Arguments &arguments)
{
    const qint64 size = QCborValue(arguments.positional).toCbor().size()
        + QCborValue(arguments.named).toCbor().size()
        + QCborValue(arguments.fields).toCbor().size();
    if (size <= maximumPayload)
        return {};
    return refusal(
        u"The arguments are %1 MiB, and one emission carries at most 16 MiB; put the "
        u"data into a file and pass its path."_qs.arg(double(size) / (1 << 20), 0, 'f', 1));
}

Result<Arguments> checkedArguments(const Arguments &given, const EventFact &event)
{
    if (!event.isTyped)
        return given;
    if (!given.positional.isEmpty() || !given.named.isEmpty())
        return refusal(u"%1 is a typed event that takes no free arguments; give its values with "
                       u"--fields, which knows %2."_qs.arg(event.name, fieldNames(event)));
    const Result<QCborMap> fields = checkedFields(given.fields, event);
    if (!fields)
        return fields.error();
    return Arguments{{}, {}, *fields};
}

static Result<void> addFiles(Request &request, const EventFact &event, const QStringList &files)
{
    request.fileField = pathField(event);
    if (request.fileField.isEmpty())
        return refusal(u"--each-file needs an event with a field of type path, and %1 has none; "
                       u"use one such as FileAdded, or leave out --each-file."_qs.arg(event.name));
    if (request.repeat > maximumCount / quint64(files.size()))
        return refusal(u"--count is too large for %1 files; make it smaller."_qs.arg(files.size()));
    request.files = files;
    request.cut();
    return {};
}

Result<Request> makeRequest(const Options &options, const CatalogFact &catalog,
                            const QStringList &files)
{
    const Result<EventFact> known = knownEvent(options.event, catalog);
    if (!known)
        return known.error();
    const EventFact &event = *known;
    const Result<Arguments> arguments = checkedArguments(options.arguments, event);
    if (!arguments)
        return arguments.error();
    if (const Result<void> size = checkPayload(*arguments); !size)
        return size.error();

    Request request;
    request.event = event.name;
    request.arguments = *arguments;
    request.repeat = options.count;
    request.rate = options.rate;
    request.concurrency = options.concurrency;
    request.deadline = options.deadline;
    request.handlers = handlersOf(event.name, catalog);
    if (!options.eachFile.isEmpty()) {
        if (const Result<void> added = addFiles(request, event, files); !added)
            return added.error();
    }
    return request;
}

} // namespace Fanfare::Cli
