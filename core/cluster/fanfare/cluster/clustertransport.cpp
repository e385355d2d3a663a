// SPDX-License-Identifier: MIT
#include "fanfare/cluster/clustertransport.h"

namespace Fanfare {

ClusterTransport::ClusterTransport(QObject *parent)
    : QObject(parent)
{
}

ClusterTransport::~ClusterTransport() = default;

} // namespace Fanfare
