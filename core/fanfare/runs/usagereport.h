// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>

namespace Fanfare {

/// The stable name of \a kind: "app-memory", "worker-memory", "all-memory", "cpu",
/// "voluntary-switches", "involuntary-switches".
QString usageKindName(UsageKind kind);

/// The same for whether b takes more: "noise", "less", "more", "too-few".
QString usageJudgementName(Judgement judgement);

/// \a amount of \a kind for people: "38.1 MiB", "1.20 s", "12,345"; "-" when it was not measured.
QString usageWords(UsageKind kind, const Sample &amount);

/// "+38.1 MiB (+62 %) more", "~" for noise; of fewer rounds than can be judged the bare difference
/// of the medians, and that it is no more: "+38.1 MiB, few rounds". Empty when a side was not
/// measured.
QString usageDifferenceWords(const UsageComparison &usage);

/// What the processes of both sides took of each kind, the median over the rounds. No rows when
/// neither was measured.
ReportTable usageTable(const Comparison &comparison);

/// Each process of the first measured round of both sides: the app, and of the workers those that
/// needed most memory, 16 at most.
ReportTable processTable(const Comparison &comparison);

} // namespace Fanfare
