// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace Fanfare {

/// How well what was typed fits a text, and which letters of it were meant.
struct FuzzyMatch
{
    int score = 0;        ///< higher is better; comparable for the same pattern only
    QList<int> positions; ///< of the letters that match, ascending
};

/// Finds the letters of \a pattern in \a text in their order, not necessarily side by side; case
/// does not matter. Words of the pattern are looked for one by one, in any order. Of all ways to
/// match it takes the best: beginnings of words and letters side by side count most. An empty
/// pattern matches everything. Nothing when a word is not there. O(pattern * text).
std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace Fanfare
