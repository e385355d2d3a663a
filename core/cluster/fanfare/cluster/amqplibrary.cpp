// SPDX-License-Identifier: MIT
#include "fanfare/cluster/amqplibrary.h"

#include <dlfcn.h>

namespace Fanfare {

/// Fills in all functions; false when one of them is missing.
static bool load(AmqpLibrary &functions)
{
    void *const library = dlopen("librabbitmq.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    bool isWhole = true;
#define FANFARE_AMQP_LOAD(name)                                                                    \
    functions.name = reinterpret_cast<decltype(functions.name)>(dlsym(library, "amqp_" #name));    \
    isWhole = isWhole && functions.name;
    FANFARE_AMQP_FUNCTIONS(FANFARE_AMQP_LOAD)
#undef FANFARE_AMQP_LOAD
    return isWhole;
}

Result<const AmqpLibrary *> amqpLibrary()
{
    static AmqpLibrary functions;
    static const bool isLoaded = load(functions);
    if (isLoaded)
        return &functions;
    return Error{ErrorCode::Unsupported,
                 QStringLiteral("The client library of RabbitMQ is missing or too old; install "
                                "librabbitmq4.")};
}

} // namespace Fanfare
