// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/catalogfact.h>

#include <QCborMap>

namespace Fanfare {

/// The JSON Schema (draft 2020-12) of the fields of \a event, members in order of declaration. An
/// event with free arguments has a schema that accepts every object. What JSON Schema cannot say,
/// such as the zone behind a date-time, is looser there than in fitFields(). [any]
QCborMap eventSchema(const EventFact &event);

} // namespace Fanfare
