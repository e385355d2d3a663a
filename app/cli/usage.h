// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare::Cli {

/// The help of the verb \a topic; the overview when it is no verb.
QString usage(const QString &topic);

} // namespace Fanfare::Cli
