// SPDX-License-Identifier: MIT
#include "fanfare/ipc/packedarguments.h"

#include "fanfare/ipc/payloaddevice.h"
#include "fanfare/ipc/taskrecords.h"

namespace Fanfare {

/// Bytes of a usual piece from which on making the pieces again costs less than copying them.
static constexpr qint64 longPiece = 1024;

PackedArguments pack(const Arguments &arguments)
{
    if (arguments.isEmpty())
        return {};
    PayloadDevice device(nullptr, largeRecord - 1);
    encodeArguments(arguments, device);
    if (!device.isTooLarge())
        return {device.bytes().toByteArray(), device.size()};
    if (device.size() / device.pieces() >= longPiece)
        return {{}, device.size()};
    return {encodeArguments(arguments), device.size()};
}

} // namespace Fanfare
