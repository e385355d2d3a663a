// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/clusterfact.h>

namespace Fanfare {

/// Makes the executor of an engine that is to use a message broker, with \a password, see
/// takeBrokerPassword(), where its options name no file.
ClusterMaker clusterMakerWith(const QString &password);

} // namespace Fanfare
