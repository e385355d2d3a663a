// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>
#include <random>

// What a program of this folder defines. Two mains drive it: libfuzzer.cpp with clang's fuzzer, and
// replay.cpp with a fixed number of random changes, for every compiler.

/// Well-formed inputs to begin with.
QList<QByteArray> fuzzSeeds();

/// Reads \a input as the product does. Whatever it holds, that must end, and in good order.
void fuzzOne(const QByteArray &input);

/// Changes some bytes and the length of what it is given.
using Mutator = std::function<QByteArray(const QByteArray &)>;

/// \a input with changes. Where a checksum would catch nearly all of them, what is below it is
/// changed with \a mutate, and the checksum made anew.
QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &random, const Mutator &mutate);
