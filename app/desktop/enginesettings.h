// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/engineoptions.h>

class QSettings;

namespace Fanfare {

class Preferences;

/// What the user chose last: where handlers run. Threads when nothing was chosen.
ExecutorKind savedExecutor(const QSettings &settings);
void saveExecutor(QSettings &settings, ExecutorKind executor);

/// Where the message broker of a cluster is. There is no password in it.
BrokerChoice savedBroker(const QSettings &settings);
void saveBroker(QSettings &settings, const BrokerChoice &broker);

int savedWorkers(const Preferences &preferences);        ///< 0: one per core
quint64 savedQueueBound(const Preferences &preferences); ///< at least 1
FullPolicy savedFullPolicy(const Preferences &preferences);

/// "threads", "processes" or "cluster", as command lines and settings name what can be chosen.
std::optional<ExecutorKind> executorNamed(const QString &name);

} // namespace Fanfare
