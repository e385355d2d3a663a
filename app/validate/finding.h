// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

namespace Fanfare::Validate {

/// One thing that is wrong with a plugin.
struct Finding
{
    QString code;    ///< stable: "ignores-stop", or a code of PluginRefusal
    QString handler; ///< empty when it concerns the plugin as a whole
    QString message; ///< one sentence: what happens
    QString wayOut;  ///< one sentence: what to do
    QString payload; ///< the arguments with which it happens, as JSON; may be empty
    QString detail;  ///< what the loader, the plugin or its standard error said; may be empty
};

QJsonObject toJson(const Finding &finding);
Finding findingFromJson(const QJsonObject &json);

} // namespace Fanfare::Validate
