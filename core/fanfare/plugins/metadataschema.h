// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Fanfare {

/// The first thing that is wrong with the metadata of a plugin.
struct MetadataProblem
{
    QString field;  ///< "version", "handlers[1].deadlineMs"
    QString wanted; ///< what its value must be: "a text", "\"sync\" or \"async\""
};

/// Whether objects and lists in \a value hold one another more than \a levels deep; 1 is a flat
/// object. [any]
bool isDeeperThan(const QJsonValue &value, int levels);

/// Compares the metadata of a plugin, what its JSON file says, with the schema in
/// core/sdk/README.md. Unknown keys are ignored: a newer plugin may know more. [any]
std::optional<MetadataProblem> metadataProblem(const QJsonObject &metadata);

} // namespace Fanfare
