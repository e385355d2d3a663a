// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/clusterfact.h>

namespace Fanfare {

/// The executor of an engine that is to use the message broker of \a options: a ClusterMaker.
Result<ClusterPart> makeClusterPart(const EngineOptions &options, Recorder &recorder);

} // namespace Fanfare
