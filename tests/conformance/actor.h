// SPDX-License-Identifier: MIT
#pragma once

#include "stage.h"

namespace Fanfare::Conformance {

/// What a subscribe operation describes, as the library takes it. \a name is the name that the
/// new subscriber gets.
SubscriberOptions subscriberOptions(Stage &stage, const QString &name,
                                    const QJsonObject &operation);

/// The settings of a linker, with default callbacks that do what the scenario says.
LinkerSettings linkerSettings(Stage &stage, const QJsonObject &settings);

} // namespace Fanfare::Conformance
