// SPDX-License-Identifier: MIT
#pragma once

#include "validate/stagechannel.h"
#include "validate/stages.h"

#include <fanfare/plugins/plugindescription.h>
#include <fanfare/sdk/handlerplugin.h>

namespace Fanfare::Validate {

/// Loads the plugin once, asks for all that it says of itself and looks whether that is true.
///
/// Threads: [owner].
class LoadStage
{
public:
    LoadStage(StageOrder order, StageChannel &channel)
        : m_order(std::move(order))
        , m_channel(channel)
    {
    }

    void run();

private:
    void checkLists(HandlerPlugin &plugin);
    void checkMetadata(const PluginDescription &description);
    void checkHandlers(HandlerPlugin &plugin, const PluginDescription &description);
    void checkUnknownNames(HandlerPlugin &plugin);
    void checkDescriptions(const PluginDescription &description);

    const StageOrder m_order;
    StageChannel &m_channel;
};

/// Loads and unloads the plugin several times in this process.
void checkReloading(const StageOrder &order, StageChannel &channel);

} // namespace Fanfare::Validate
