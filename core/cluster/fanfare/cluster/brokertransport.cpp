// SPDX-License-Identifier: MIT
#include "fanfare/cluster/brokertransport.h"

#ifdef FANFARE_WITH_RABBITMQ
#include "fanfare/cluster/rabbittransport.h"
#endif

namespace Fanfare {

#ifdef FANFARE_WITH_RABBITMQ

bool hasBrokerTransport()
{
    return true;
}

Result<std::unique_ptr<ClusterTransport>> makeBrokerTransport()
{
    const auto library = amqpLibrary();
    if (!library)
        return library.error();
    return std::unique_ptr<ClusterTransport>(std::make_unique<RabbitTransport>(**library));
}

#else

bool hasBrokerTransport()
{
    return false;
}

Result<std::unique_ptr<ClusterTransport>> makeBrokerTransport()
{
    return Error{ErrorCode::Unsupported,
                 QStringLiteral("This build of Fanfare reaches no other hosts; build it with "
                                "FANFARE_WITH_RABBITMQ and librabbitmq-dev.")};
}

#endif

} // namespace Fanfare
