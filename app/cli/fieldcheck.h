// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QCborMap>

namespace Fanfare::Cli {

/// "ms (int), name (text)"; "no fields" for an event without any.
QString fieldNames(const EventFact &event);

/// \a fields with the values as the typed event \a event wants them (2.0 becomes 2 in an int
/// field), or the first that is unknown, of a wrong type or outside its limits. Missing fields
/// keep their defaults.
Result<QCborMap> checkedFields(const QCborMap &fields, const EventFact &event);

} // namespace Fanfare::Cli
