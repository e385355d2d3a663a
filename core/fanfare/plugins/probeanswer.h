// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/plugins/plugindescription.h>
#include <fanfare/plugins/pluginrefusal.h>

#include <functional>
#include <optional>

namespace Fanfare {

/// What a probe sends: where it is, before anything there can go wrong, and in the end what it
/// found. The frame number of the former is a ProbeStage.
inline constexpr quint16 probeStageFrame = 0x0300;
inline constexpr quint16 probedFrame = 0x0301;

/// What a probe does with a plugin, in this order.
enum class ProbeStage : quint8 {
    Loading,  ///< maps the library and runs its static constructors
    Creating, ///< makes the plugin object
    Listing,  ///< asks for events and handlers
    Making,   ///< makes each handler
};

/// What a probe found out by loading a plugin.
struct ProbeAnswer
{
    PluginDescription description;
    std::optional<PluginRefusal> refusal;
};

/// Loads the plugin \a path, asks for all it has and makes each handler once. Runs foreign code:
/// this is what the probe process does. Returns the payload of its frame. \a reached is called as
/// each stage begins. [owner]
QByteArray probePlugin(const QString &path, const std::function<void(ProbeStage)> &reached = {});

/// \a refusal as such a payload.
QByteArray encodeRefusal(const PluginRefusal &refusal);

/// Reads such a payload; \a path is for the sentences. Error: Protocol. [any]
Result<ProbeAnswer> readProbeAnswer(const QString &path, const QByteArray &payload);

} // namespace Fanfare
