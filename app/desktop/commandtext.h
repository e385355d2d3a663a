// SPDX-License-Identifier: MIT
#pragma once

#include "scenarioplayer.h"

#include <fanfare/engine/engineoptions.h>
#include <fanfare/engine/facts.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace Fanfare {

/// Emissions as texts: for the eye, for a shell, for files.

/// The arguments of the first emission of \a command in one line, at most \a length characters;
/// empty when it has none.
QString argumentsPreview(const EmitCommand &command, qsizetype length = 60);

/// What to type into a shell to make the same emissions. Of arguments that differ from emission to
/// emission the first ones are told.
QString shellCommand(const EmitCommand &command, const EngineOptions &engine);

/// What to type to make all emissions of the scenario file \a path.
QString planCommand(const QString &path, const EngineOptions &engine);

/// A scenario file with these emissions in their order, see core's Scenario. Arguments that differ
/// from emission to emission become entries of their own. The pause before the first one is none.
QByteArray scenarioOf(const QList<TimedCommand> &commands, const QString &name);

/// \a command for settings, and back; nothing for bytes that bytesOf() cannot have made.
inline constexpr QLatin1StringView commandMimeType("application/x-fanfare-emission");
QByteArray bytesOf(const EmitCommand &command);
std::optional<EmitCommand> commandFrom(const QByteArray &bytes);

} // namespace Fanfare
