// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Fanfare {

struct PluginFact;

/// How far a plugin file has come:
///
///     Seen -> Settled -> Vetted -> Cached -> Described -> Probed -> Active
///
/// From each of them it may become Refused, with a code that says why, and from any of them, Active
/// and Refused included, it starts again as Seen when its content changes or the user asks. An
/// active plugin stays Active while a new build of it goes through the same steps.
enum class PluginState : quint8 {
    Seen,      ///< it is there and may still be written
    Settled,   ///< nobody writes it any more
    Vetted,    ///< it may be trusted; only this user or root can change it
    Cached,    ///< there is a copy by content; the file itself is not looked at again
    Described, ///< its metadata is known: PluginFact::id and those behind it
    Probed,    ///< its events and handlers are known
    Active,    ///< its handlers are linked
    Refused,   ///< it is not used: PluginFact::code
};

/// "seen", "settled" ... as in JSON and on the link.
QString stateName(PluginState state);
std::optional<PluginState> stateNamed(QStringView name);

bool canFollow(PluginState former, PluginState next);

/// The one place where \a plugin changes its state; \a next must be able to follow. What does not
/// hold in the new state is cleared: reasons in all but Refused, subscribers in all but Active.
void changeState(PluginFact &plugin, PluginState next);

} // namespace Fanfare
