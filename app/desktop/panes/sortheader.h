// SPDX-License-Identifier: MIT
#pragma once

#include <QHeaderView>

namespace Fanfare {

/// A header that can sort, but has room for an arrow only in the column that is sorted by: in a
/// narrow pane there is none to spare in all of them.
///
/// Threads: [gui].
class SortHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit SortHeader(QWidget *parent = nullptr);

protected:
    QSize sectionSizeFromContents(int logicalIndex) const override;
};

} // namespace Fanfare
