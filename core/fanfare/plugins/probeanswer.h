// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/plugins/plugindescription.h>
#include <fanfare/plugins/pluginrefusal.h>

#include <optional>

namespace Fanfare {

/// The type of the one frame that a probe sends.
inline constexpr quint16 probedFrame = 0x0301;

/// What a probe found out by loading a plugin.
struct ProbeAnswer
{
    PluginDescription description;
    std::optional<PluginRefusal> refusal;
};

/// Loads the plugin \a path, asks for all it has and makes each handler once. Runs foreign code:
/// this is what the probe process does. Returns the payload of its frame. [owner]
QByteArray probePlugin(const QString &path);

/// Reads such a payload; \a path is for the sentences. Error: Protocol. [any]
Result<ProbeAnswer> readProbeAnswer(const QString &path, const QByteArray &payload);

} // namespace Fanfare
