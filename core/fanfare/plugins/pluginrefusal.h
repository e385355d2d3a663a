// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// Why a file in a plugin folder is not used. The codes are stable; users and tests rely on them.
/// Found by looking at the file: unreadable, bad-file-name, unstable-file, not-owner,
/// writable-by-others, symlink-outside, too-big, not-copied, not-a-library, wrong-architecture,
/// truncated, no-plugin-metadata, foreign-plugin, needs-fanfare-abi, needs-qt, bad-metadata,
/// metadata-too-big, metadata-too-deep.
/// By loading it: missing-library, missing-symbol, not-loadable, wrong-interface, bad-description,
/// handlers-differ, crashed-at-load, crashed-at-create, crashed-listing, hung-at-load,
/// exited-at-load, out-of-memory-at-load, left-processes-behind, silent, not-probed.
/// By using it: duplicate-id, restart-needed (a new build that waits for the next engine).
struct PluginRefusal
{
    QString code;
    QString message;    ///< one sentence that names the file and the way out
    QString loaderText; ///< what the loader or the plugin said, may be empty
};

/// \a path uses all the memory it may have, while it is loaded.
PluginRefusal outOfMemory(const QString &path);

/// \a refusal as it reads when the file \a copy is called \a path everywhere.
PluginRefusal renamed(PluginRefusal refusal, const QString &copy, const QString &path);

} // namespace Fanfare
