// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

#include <QString>

#include <vector>

namespace Fanfare {

/// One fact about both sides, in words.
struct ComparisonRow
{
    QString what;
    QString a;
    QString b;
    QString difference;     ///< "× 1.84", "+3"; empty where a difference means nothing
    bool isNotable = false; ///< something a reader must not miss: a crash, unlike environments
    bool isWeak = false;    ///< the difference says little: chance may have made it
};

/// What came out on each side: time, tasks, rate, failures, crashes, CPU time, memory. [any]
std::vector<ComparisonRow> outcomeRows(const Comparison &comparison);

/// What the processes of a round took: memory, CPU time, context switches, and each of them alone
/// in the first round. Empty when neither side was measured. [any]
std::vector<ComparisonRow> usageRows(const Comparison &comparison);

/// Where and with what each side ran; what is not alike is notable. [any]
std::vector<ComparisonRow> environmentRows(const Comparison &comparison);

/// "▲ +1.10 ms (+13.6 %) slower", "~" for noise, "too few samples". [any]
QString differenceWords(const Difference &difference);

} // namespace Fanfare
