// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare::Conformance {

/// Subscribers of a scenario that plays in worker processes sit on seats: the handlers "sync/N" and
/// "async/N" of the plugin, which are the same for all scenarios, so that hosts know them.
inline constexpr int seatCount = 256;

/// The environment variable with the name of the replayer, for abstractAddress().
inline constexpr auto replayerVariable = "FANFARE_CONFORMANCE_REPLAYER";

} // namespace Fanfare::Conformance
