// SPDX-License-Identifier: MIT
#pragma once

#include "preferences/preferences.h"

namespace Fanfare {

class ShortcutSettings;

/// The keys the user gave to actions and to the timeline, as they go with exported preferences:
/// {id: keys}, where no keys are "". \a shortcuts outlives it.
PreferencePart shortcutPart(ShortcutSettings &shortcuts);

} // namespace Fanfare
