// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QTreeView;

namespace Fanfare {

/// The chosen rows of \a tree as text, from top to bottom, a line each: what its visible columns
/// say, with tabs between them, as spreadsheets take it. Empty when nothing is chosen.
QString chosenRows(const QTreeView &tree);

} // namespace Fanfare
