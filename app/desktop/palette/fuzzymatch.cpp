// SPDX-License-Identifier: MIT
#include "fuzzymatch.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace Fanfare {

namespace {

constexpr int hit = 16;
constexpr int wordStart = 10;  // after a space or a mark, or at the very beginning
constexpr int hump = 8;        // the B of fooBar
constexpr int sideBySide = 12; // the letter before matches, too
constexpr int skipped = 1;     // each letter left out between two hits
constexpr int none = std::numeric_limits<int>::min() / 2;

/// What a hit at \a position is worth for where it stands.
int placeValue(QStringView text, qsizetype position)
{
    if (position == 0)
        return wordStart + 2;
    const QChar before = text[position - 1];
    const QChar here = text[position];
    if (!before.isLetterOrNumber() && here.isLetterOrNumber())
        return wordStart;
    const bool isHump =
        (before.isLower() && here.isUpper()) || (before.isDigit() != here.isDigit());
    return isHump ? hump : 0;
}

/// The best way to find one word: a table of letter of the word by letter of the text.
class WordSearch
{
public:
    WordSearch(QStringView word, QStringView text)
        : m_word(word)
        , m_text(text)
        , m_best(size_t(word.size() * text.size()), none)
        , m_from(m_best.size(), -1)
    {
        for (qsizetype letter = 0; letter < m_word.size(); ++letter)
            fillRow(letter);
    }

    std::optional<FuzzyMatch> result() const
    {
        const auto row = m_best.end() - m_text.size();
        const auto best = std::max_element(row, m_best.end());
        if (m_text.isEmpty() || *best <= none / 2)
            return {};
        FuzzyMatch match{*best, {}};
        auto position = int(best - row);
        for (qsizetype letter = m_word.size() - 1; letter >= 0; --letter) {
            match.positions.prepend(position);
            position = m_from[cell(letter, position)];
        }
        return match;
    }

private:
    size_t cell(qsizetype letter, qsizetype position) const
    {
        return size_t(letter * m_text.size() + position);
    }

    void fillRow(qsizetype letter)
    {
        int best = none; // of the letter before, with what was skipped since
        int from = -1;
        for (qsizetype position = 0; position < m_text.size(); ++position) {
            if (m_word[letter].toCaseFolded() == m_text[position].toCaseFolded())
                enter(letter, position, best, from);
            best -= skipped;
            const int ended = letter > 0 ? m_best[cell(letter - 1, position)] : none;
            if (ended > best) {
                best = ended;
                from = int(position);
            }
        }
    }

    void enter(qsizetype letter, qsizetype position, int before, int from)
    {
        const int value = hit + placeValue(m_text, position);
        const size_t here = cell(letter, position);
        if (letter == 0) {
            m_best[here] = value - int(std::min<qsizetype>(position, 8)) * skipped;
            return;
        }
        const int neighbor = position > 0 ? m_best[cell(letter - 1, position - 1)] : none;
        const bool isSideBySide = neighbor > none / 2 && neighbor + sideBySide >= before;
        m_from[here] = isSideBySide ? int(position - 1) : from;
        m_best[here] = value + (isSideBySide ? neighbor + sideBySide : before);
    }

    QStringView m_word;
    QStringView m_text;
    std::vector<int> m_best; // score of the best way that ends with this hit
    std::vector<int> m_from; // where its hit before is
};

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    FuzzyMatch whole;
    for (const QStringView word : pattern.split(u' ', Qt::SkipEmptyParts)) {
        if (word.size() > text.size())
            return {};
        const std::optional<FuzzyMatch> found = WordSearch(word, text).result();
        if (!found)
            return {};
        whole.score += found->score;
        whole.positions += found->positions;
    }
    std::sort(whole.positions.begin(), whole.positions.end());
    const auto end = std::unique(whole.positions.begin(), whole.positions.end());
    whole.positions.erase(end, whole.positions.end());
    whole.score -= int(text.size()) / 8; // of two that match alike the shorter one is meant
    return whole;
}

} // namespace Fanfare
