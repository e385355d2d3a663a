// SPDX-License-Identifier: MIT
#pragma once

#include "cli/session.h"

namespace Fanfare::Cli {

class Output;

/// Writes \a catalog as a table for people: plugins, problems, and what to emit.
void writeCatalogTable(const CatalogFact &catalog, Output &output);

/// Writes \a catalog as JSON Lines: one object per plugin ("type": "plugin", "state": "active" or
/// "refused" with "code" and "message") and one per problem ("problem").
void writeCatalogJson(const CatalogFact &catalog, Output &output);

/// `fanfare-cli plugins`: lists what the engine found.
class PluginSession final : public Session
{
    Q_OBJECT

public:
    PluginSession(EngineOptions engine, bool json, Output &output);

private:
    void begin(const CatalogFact &catalog) override;
    int conclude(const EngineEndFact &end) override;

    const bool m_json;
    Output &m_output;
};

} // namespace Fanfare::Cli
