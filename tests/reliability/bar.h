// SPDX-License-Identifier: MIT
#pragma once

#include <support/barprogram.h>

#include <optional>
#include <vector>

/// What the command line says about how to run a bar.
struct BarOptions
{
    std::optional<quint64> schedules; ///< how many; not given: as many as the bar asks for
    std::optional<quint64> seed;      ///< not given: 1
    bool isVerbose = false;           ///< tells what happens
    bool plantsFault = false;         ///< with a fault that must be found
};

/// A bar that a process pool has to hold.
struct Bar
{
    QString name;    ///< "R17"
    QString summary; ///< one line
    BarResult (*run)(const BarOptions &options);
};

BarResult runKills(const BarOptions &options);           // R1
BarResult runMoreKills(const BarOptions &options);       // R2
BarResult runRetries(const BarOptions &options);         // R3
BarResult runRepair(const BarOptions &options);          // R4
BarResult runPoison(const BarOptions &options);          // R5
BarResult runCrashKinds(const BarOptions &options);      // R6
BarResult runDeadlines(const BarOptions &options);       // R7
BarResult runCancels(const BarOptions &options);         // R8
BarResult runHostDeaths(const BarOptions &options);      // R9
BarResult runRecycles(const BarOptions &options);        // R10
BarResult runShutdowns(const BarOptions &options);       // R11
BarResult runBadHosts(const BarOptions &options);        // R12
BarResult runMemory(const BarOptions &options);          // R13
BarResult runFloods(const BarOptions &options);          // R14
BarResult runBackPressure(const BarOptions &options);    // R16
BarResult runSimulation(const BarOptions &options);      // R17
BarResult runExhaustiveModel(const BarOptions &options); // R18
BarResult runThroughput(const BarOptions &options);      // R20
BarResult runClocks(const BarOptions &options);          // R21
BarResult runLargePayloads(const BarOptions &options);   // R22
BarResult runJournal(const BarOptions &options);         // J1
BarResult runBadInput(const BarOptions &options);        // bad-input
BarResult runPeers(const BarOptions &options);           // peers

/// All bars, by number.
std::vector<Bar> allBars();
