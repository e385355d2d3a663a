// SPDX-License-Identifier: MIT
#pragma once

#include "stage.h"

namespace Fanfare::Conformance {

/// Performs \a operation, one of those that may also stand inside a handler, and tells what came
/// of it: {"ok": value} or {"error": name}. An emission it makes is called \a emission. [any]
QJsonObject perform(Stage &stage, const QJsonObject &operation, const EmissionName &emission);

/// The answer to a query operation, in the same form. [any]
QJsonObject query(Stage &stage, const QJsonObject &operation);

/// What a registry holds: event name -> names of subscribers.
QJsonObject registryOf(const Stage &stage, const Stage::Namespace &home);

QJsonObject ok(const QJsonValue &value);
QJsonObject refused(ErrorCode code);

/// The name of \a code in the format; codes that it does not know keep their own names.
QString errorName(ErrorCode code);

template <typename T>
QJsonObject okOrRefused(const Result<T> &result)
{
    return result ? ok(*result) : refused(result.error().code);
}

QJsonArray eventNames(const std::vector<Event> &events);
QJsonArray subscriberNames(const Stage &stage, const Stage::Namespace &home,
                           const std::vector<SubscriberId> &ids);
std::vector<Event> eventList(const Stage &stage, const QJsonValue &events);

/// The linker that \a operation works on.
Stage::Namespace &linkerOf(Stage &stage, const QJsonObject &operation);

} // namespace Fanfare::Conformance
