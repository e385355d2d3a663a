// SPDX-License-Identifier: MIT
#include "bar.h"

using namespace Qt::StringLiterals;

std::vector<Bar> allBars()
{
    return {
        {u"R17"_s, u"seeded schedules of deaths, hangs, clock jumps and cancels, simulated"_s,
         &runSimulation},
        {u"R18"_s, u"all interleavings of a small pool: 2 slots, 3 tasks, 3 deaths, 2 cancels"_s,
         &runExhaustiveModel},
        {u"R20"_s, u"tasks that do nothing, counted and recorded, on 2 workers"_s, &runThroughput},
    };
}
