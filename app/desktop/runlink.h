// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/result.h>

#include <QString>

#include <optional>

namespace Fanfare {

/// A run that is kept, or one task of it, as a text that can be sent to somebody:
/// "fanfare://run/<id>", "fanfare://run/<id>/span/<emission>" and "…/span/<emission>.<index>" for
/// another task than the first of its emission.
struct RunLink
{
    QString run; ///< RunInfo::id
    std::optional<TaskId> task;

    QString toString() const;
    bool operator==(const RunLink &other) const = default;
};

/// Whether \a text wants to be such a link, right or wrong.
bool isRunLink(const QString &text);

/// Error: InvalidArgument, when \a text is no such link; the sentence shows what one looks like.
Result<RunLink> runLink(const QString &text);

/// The file in \a folder with the run \a id: the one that is called after it, else one of the
/// others, each of which is looked at. Error: NotFound. [any, blocks]
Result<QString> findLinkedRun(const QString &id, const QString &folder);

} // namespace Fanfare
