// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// Why a file in a plugin folder is not used. The codes are stable; users and tests rely on them:
/// unreadable, not-a-library, wrong-architecture, truncated, no-plugin-metadata, foreign-plugin,
/// needs-fanfare-abi, bad-metadata, duplicate-id, missing-library, missing-symbol, needs-qt,
/// not-loadable, wrong-interface, bad-description, handlers-differ, crashed-at-load,
/// hung-at-load, exited-at-load, left-processes-behind, silent, not-probed.
struct PluginRefusal
{
    QString code;
    QString message;    ///< one sentence that names the file and the way out
    QString loaderText; ///< what the loader or the plugin said, may be empty
};

} // namespace Fanfare
