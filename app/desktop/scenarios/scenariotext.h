// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// The JSON text of a scenario with the number \a value as its \a key, and nothing else changed:
/// what somebody laid out stays as it is. 0 takes the key out. Text that is no JSON object is
/// returned as it was. [any]
QString withNumber(const QString &json, const QString &key, quint32 value);

} // namespace Fanfare
