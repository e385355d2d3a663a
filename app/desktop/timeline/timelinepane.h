// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Fanfare {

class FilterBar;
class TimelineWidget;

/// The timeline with the line of its filter above.
///
/// Threads: [gui].
class TimelinePane final : public QWidget
{
    Q_OBJECT

public:
    /// Becomes the parent of \a timeline.
    explicit TimelinePane(TimelineWidget *timeline, QWidget *parent = nullptr);
};

} // namespace Fanfare
