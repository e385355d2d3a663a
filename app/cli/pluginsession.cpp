// SPDX-License-Identifier: MIT
#include "cli/pluginsession.h"

#include "cli/output.h"

namespace Fanfare::Cli {

PluginSession::PluginSession(EngineOptions engine, bool json, Output &output)
    : Session(std::move(engine))
    , m_json(json)
    , m_output(output)
{
}

void PluginSession::begin(const CatalogFact &catalog)
{
    if (m_json)
        writeCatalogJson(catalog, m_output);
    else
        writeCatalogTable(catalog, m_output);
    m_output.flush();
    leave();
}

int PluginSession::conclude(const EngineEndFact &)
{
    return Succeeded;
}

} // namespace Fanfare::Cli
