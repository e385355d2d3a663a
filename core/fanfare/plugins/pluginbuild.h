// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/plugindescription.h>
#include <fanfare/plugins/pluginfile.h>
#include <fanfare/plugins/shadowstore.h>

#include <optional>

namespace Fanfare {

/// Where a file comes in the catalog: folders as they were given, then names.
struct PluginPlace
{
    int folder = 0;
    QByteArray localPath;

    bool operator<(const PluginPlace &other) const
    {
        return folder != other.folder ? folder < other.folder : localPath < other.localPath;
    }
};

/// All that was found out about one content of a plugin file: it can be used, or here is why not.
struct PluginBuild
{
    QString path;
    PluginPlace place;
    ShadowCopy copy;         ///< empty when it was refused before it was copied
    PluginMetadata metadata; ///< as far as it could be read
    PluginDescription description;
    bool hasUniqueSymbols = false; ///< a second copy does not work beside it in one process
    std::optional<PluginRefusal> refusal;
};

} // namespace Fanfare
