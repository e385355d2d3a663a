// SPDX-License-Identifier: MIT
#include "cli/pluginsession.h"

#include "cli/output.h"
#include "cli/requestcheck.h"

#include <fanfare/plugins/eventschema.h>
#include <fanfare/runs/jsontext.h>

namespace Fanfare::Cli {

void writeSchema(const EventFact &event, Layout layout, Output &output)
{
    const QCborMap schema = eventSchema(event);
    if (layout == Layout::OneLine)
        appendJson(output.buffer(), schema);
    else
        appendIndentedJson(output.buffer(), schema);
    output.endLine();
}

PluginSession::PluginSession(EngineOptions engine, const Options &options, Output &output)
    : Session(std::move(engine))
    , m_options(options)
    , m_output(output)
{
}

bool PluginSession::tell(const CatalogFact &catalog)
{
    if (!m_options.schema.isEmpty()) {
        const Result<EventFact> event = knownEvent(m_options.schema, catalog);
        if (event)
            writeSchema(*event, m_options.json ? Layout::OneLine : Layout::Indented, m_output);
        else
            complain(event.error().message);
        return bool(event);
    }
    if (m_options.json)
        writeCatalogJson(catalog, m_output);
    else
        writeCatalogTable(catalog, m_output);
    return true;
}

void PluginSession::begin(const CatalogFact &catalog)
{
    m_exitCode = tell(catalog) ? Succeeded : Usage;
    m_output.flush();
    leave();
}

int PluginSession::conclude(const EngineEndFact &)
{
    return m_exitCode;
}

} // namespace Fanfare::Cli
