// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <vector>

namespace Fanfare::Bench {

/// One thing to measure: does its work once and returns how many units it did in how many seconds.
struct Case
{
    struct Measurement
    {
        double units = 0;
        double seconds = 0;
    };

    QString name;
    QString unit; ///< "emissions", "tasks"
    std::function<Measurement()> run;
};

/// Runs all \a cases in turn, \a rounds times, so that a disturbance hits all of them alike.
/// Rates are medians over the rounds; the ratio of each case to \a reference is formed within a
/// round, and is the median of those. The returned object has "cases" and "machine".
QJsonObject runInterleaved(const std::vector<Case> &cases, const QString &reference, int rounds);

/// Number of processors, model, kernel, Qt version, date.
QJsonObject describeMachine();

} // namespace Fanfare::Bench
