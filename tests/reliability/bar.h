// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>

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

/// What running a bar gave: its figures, and what was wrong.
struct BarResult
{
    QJsonObject figures;
    QString problem; ///< one sentence; empty when the bar holds
};

/// A bar that a process pool has to hold.
struct Bar
{
    QString name;    ///< "R17"
    QString summary; ///< one line
    BarResult (*run)(const BarOptions &options);
};

BarResult runSimulation(const BarOptions &options);      // R17
BarResult runExhaustiveModel(const BarOptions &options); // R18
BarResult runThroughput(const BarOptions &options);      // R20

/// All bars, by number.
std::vector<Bar> allBars();
