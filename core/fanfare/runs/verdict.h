// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

#include <QStringList>

namespace Fanfare {

/// Why one configuration did better than another.
enum class Cause : quint8 {
    LostTasks, ///< a crash took more tasks with it
    Waiting,   ///< its handlers waited, without computing, for a lock or for each other
    Computing, ///< its handlers needed more CPU time for the same work
    Travel,    ///< tasks and results had to travel between processes
    Slots,     ///< fewer workers could run at once
    Cores,     ///< its handlers were ready, and the cores were others'
    Nothing,   ///< no difference that matters
};

/// The stable name of \a cause: "lost-tasks", "waiting", "computing", "travel", "slots", "cores",
/// "nothing".
QString causeName(Cause cause);

enum class Winner : quint8 { Neither, A, B };

/// A comparison in words, with the reason.
struct Verdict
{
    Winner winner = Winner::Neither;
    Cause cause = Cause::Nothing; ///< the main one
    double ratio = 1;             ///< wall time of b as a multiple of a's, median over rounds
    double lowest = 1;            ///< least ratio of a pair of rounds; of nine and more, see below
    double highest = 1;           ///< greatest one
    double taskRatio = 1;         ///< what tasks of b take as a multiple of a's, where that decides
    bool isUndecided = false;     ///< wall time: no winner, and not alike either
    QString headline;             ///< one sentence: who does better and by how much
    QStringList reasons;          ///< one sentence each, the main one first
};

/// "threads x 2": how the configuration of a run is called.
QString configurationName(const RunInfo &info);

/// Says who did better and why. A difference of wall time counts when it is above the noise in
/// every pair of rounds, or, of a single round, above ten times the noise; of nine rounds and more
/// the 95 % interval of their median decides. Where wall time has no winner, what tasks took may
/// have one: a run that is paced by its scenario takes as long as that. Tasks that were lost
/// outweigh time: a run that is over because its engine died was not fast. [any]
Verdict judgeRuns(const Comparison &comparison, const Thresholds &thresholds = {});

/// Whether b lost tasks, or it or its tasks took longer by more than the share \a threshold. [any]
bool isSlower(const Verdict &verdict, double threshold);

} // namespace Fanfare
