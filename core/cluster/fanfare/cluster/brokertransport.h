// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/cluster/clustertransport.h>

#include <memory>

namespace Fanfare {

/// Whether this program was built with a way to a broker. [any]
bool hasBrokerTransport();

/// The way to a real broker. Error: Unsupported, when this program was built without one, or its
/// client library is not installed. [any]
Result<std::unique_ptr<ClusterTransport>> makeBrokerTransport();

} // namespace Fanfare
