// SPDX-License-Identifier: MIT
#pragma once

// An interface as libraries of the 1990s have it: one state for the whole process. Nobody may use
// it from two threads at once, so whoever has threads puts one lock around all of it.

/// The most characters that a text may have.
inline constexpr int alignerCapacity = 4096;

/// Sets the two texts. Lengths are 0..alignerCapacity, in characters.
void alignerSetTexts(const char16_t *first, int firstLength, const char16_t *second,
                     int secondLength);

/// How many characters have to be inserted, removed or replaced to make the second text of the
/// first. It takes the product of both lengths, about 1 ns each.
int alignerDistance();
