// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/compare/comparepage.h"

#include <QSignalSpy>

namespace Fanfare {

/// The view of \a page once its runs are compared; null when that takes too long.
inline CompareView *shown(ComparePage &page)
{
    QSignalSpy compared(&page, &ComparePage::compared);
    if (!page.view() && !compared.wait(20'000))
        return nullptr;
    return page.view();
}

} // namespace Fanfare
