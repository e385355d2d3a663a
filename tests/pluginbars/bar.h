// SPDX-License-Identifier: MIT
#pragma once

#include <support/barprogram.h>

/// How much of a bar is run.
enum class Effort {
    Reduced, ///< some seconds, for every test run
    Full,    ///< the numbers that the bar is stated in
};

/// A bar that the way from a file to a running handler has to hold.
struct Bar
{
    QString name;    ///< "P1"
    QString summary; ///< one line
    BarResult (*run)(Effort effort);
};

BarResult runStructural(Effort effort);    // P1
BarResult runBehavioral(Effort effort);    // P2
BarResult runCorruption(Effort effort);    // P3
BarResult runStarts(Effort effort);        // P4
BarResult runStorms(Effort effort);        // P5
BarResult runReloads(Effort effort);       // P6
BarResult runQuarantine(Effort effort);    // P7
BarResult runEngineCrashes(Effort effort); // P8
BarResult runTeardown(Effort effort);      // P9
BarResult runInterface(Effort effort);     // P10
BarResult runSecurity(Effort effort);      // S1
BarResult runOtherUsers(Effort effort);    // S2

/// All bars, by number.
std::vector<Bar> allBars();
