// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/pluginrefusal.h>
#include <fanfare/sdk/handlerplugin.h>

#include <functional>
#include <optional>

namespace Fanfare {

/// A plugin whose code is in this process, or why it is not.
struct LoadedPlugin
{
    HandlerPlugin *plugin = nullptr; ///< owned by Qt until the process ends; null when refused
    std::optional<PluginRefusal> refusal;
};

/// Loads the file \a path with all its symbols resolved and makes the plugin object. This runs
/// foreign code, which may do anything: only a process that may die of it calls this. A library is
/// never unloaded again, because there is no way to know what still points into it. \a isMapped is
/// called when the library is there and its plugin object is not. [owner]
LoadedPlugin loadPlugin(const QString &path, const std::function<void()> &isMapped = {});

} // namespace Fanfare
