// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.h"
#include "cli/session.h"

namespace Fanfare::Cli {

class Output;

/// Writes \a catalog as a table for people: plugins, problems, and what to emit.
void writeCatalogTable(const CatalogFact &catalog, Output &output);

/// Writes \a catalog as JSON Lines: one object per plugin ("type": "plugin", "state": see
/// stateName(), "refused" with "code", "message" and "loaderText") and one per problem ("problem").
void writeCatalogJson(const CatalogFact &catalog, Output &output);

/// Writes the JSON Schema of \a event: indented, or on one line.
enum class Layout { Indented, OneLine };
void writeSchema(const EventFact &event, Layout layout, Output &output);

/// `fanfare-cli plugins`: lists what the engine found, or tells the schema of one event.
class PluginSession final : public Session
{
    Q_OBJECT

public:
    PluginSession(EngineOptions engine, const Options &options, Output &output);

private:
    void begin(const CatalogFact &catalog) override;
    int conclude(const EngineEndFact &end) override;

    bool tell(const CatalogFact &catalog); ///< false when there is no such event

    const Options m_options;
    Output &m_output;
    ExitCode m_exitCode = Succeeded;
};

} // namespace Fanfare::Cli
