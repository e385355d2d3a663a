// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/engineoptions.h>

/// The engine and the plugins of this build.
inline Fanfare::EngineOptions testEngine(int workers = 2)
{
    Fanfare::EngineOptions options;
    options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    options.pluginFolders = {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)};
    options.workers = workers;
    return options;
}
