// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

namespace Fanfare::Conformance {

/// Why \a scenario, which keeps to the format, can be replayed on threads only: what it observes
/// does not exist when handlers run in other processes. Empty when it can be replayed there, too.
/// The sentences are few, so that they can be counted.
QString reasonForThreadsOnly(const QJsonObject &scenario);

} // namespace Fanfare::Conformance
