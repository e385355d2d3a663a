// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginstate.h"

#include <fanfare/plugins/catalogfact.h>

#include <array>

namespace Fanfare {

static constexpr std::array names{"seen",      "settled", "vetted", "cached",
                                  "described", "probed",  "active", "refused"};

QString stateName(PluginState state)
{
    return QString::fromLatin1(names[size_t(state)]);
}

std::optional<PluginState> stateNamed(QStringView name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1StringView(names[i]))
            return PluginState(i);
    }
    return {};
}

bool canFollow(PluginState former, PluginState next)
{
    if (next == PluginState::Seen || next == PluginState::Refused)
        return true;
    return former < PluginState::Active && next > former; // steps may be told in one
}

void changeState(PluginFact &plugin, PluginState next)
{
    Q_ASSERT_X(canFollow(plugin.state, next), "changeState", "this state cannot follow");
    plugin.state = next;
    plugin.isActive = next == PluginState::Active;
    if (next != PluginState::Refused) {
        plugin.code.clear();
        plugin.message.clear();
        plugin.loaderText.clear();
    }
    if (next == PluginState::Refused) {
        plugin.events.clear();
        plugin.handlers.clear();
    }
    if (next != PluginState::Active) {
        plugin.newBuild.reset();
        for (HandlerFact &handler : plugin.handlers)
            handler.subscriber = {};
    }
}

} // namespace Fanfare
