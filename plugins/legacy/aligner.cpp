// SPDX-License-Identifier: MIT
#include "aligner.h"

#include <algorithm>
#include <cstring>

// The state that makes this library what it is.
static char16_t texts[2][alignerCapacity];
static int lengths[2];
static int costs[alignerCapacity + 1]; // one row of the table of Wagner and Fischer

void alignerSetTexts(const char16_t *first, int firstLength, const char16_t *second,
                     int secondLength)
{
    std::memcpy(texts[0], first, size_t(firstLength) * sizeof(char16_t));
    std::memcpy(texts[1], second, size_t(secondLength) * sizeof(char16_t));
    lengths[0] = firstLength;
    lengths[1] = secondLength;
}

int alignerDistance()
{
    for (int column = 0; column <= lengths[1]; ++column)
        costs[column] = column;
    for (int row = 1; row <= lengths[0]; ++row) {
        int diagonal = costs[0];
        costs[0] = row;
        for (int column = 1; column <= lengths[1]; ++column) {
            const int replaced = diagonal + (texts[0][row - 1] != texts[1][column - 1]);
            diagonal = costs[column];
            costs[column] = std::min({replaced, diagonal + 1, costs[column - 1] + 1});
        }
    }
    return costs[lengths[1]];
}
