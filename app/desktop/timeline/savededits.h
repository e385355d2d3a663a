// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineedits.h"
#include "desktop/timeline/viewhistory.h"

#include <fanfare/base/result.h>

#include <QByteArray>

#include <array>

namespace Fanfare {

class RunModel;

using ViewBookmarks = std::array<std::optional<ViewHistory::View>, 10>; ///< by digit

/// What the user made of the timeline of a run, to be kept with it.
struct SavedEdits
{
    TimelineEdits edits;
    ViewBookmarks bookmarks;

    bool isEmpty() const;
    bool operator==(const SavedEdits &other) const = default;
};

/// As JSON. Lanes go by their kind and name, since their indexes are those of \a model; times are
/// those of the run, in ns.
QByteArray jsonOf(const SavedEdits &saved, const RunModel &model);

/// The reverse. Lanes that \a model does not have are left out. Error: Unreadable, with a sentence
/// that begins with what is wrong.
Result<SavedEdits> savedEdits(const QByteArray &json, const RunModel &model);

} // namespace Fanfare
