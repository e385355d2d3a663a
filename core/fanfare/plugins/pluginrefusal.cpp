// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginrefusal.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

PluginRefusal outOfMemory(const QString &path)
{
    return {u"out-of-memory-at-load"_s,
            u"%1 asks for more than 1 GiB of memory when it is loaded; let it ask in a "
            "handler."_s.arg(path),
            {}};
}

PluginRefusal renamed(PluginRefusal refusal, const QString &copy, const QString &path)
{
    refusal.message.replace(copy, path);
    refusal.loaderText.replace(copy, path);
    return refusal;
}

} // namespace Fanfare
