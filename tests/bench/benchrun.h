// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <limits>
#include <vector>

namespace Fanfare::Bench {

/// How much is measured: every case multiplies its counts by \c scale.
struct BenchSettings
{
    double scale = 1;

    quint64 scaled(quint64 count) const
    {
        return std::max(quint64(1), quint64(double(count) * scale));
    }
};

/// A value that a case does not have; its cell stays empty.
constexpr double notMeasured = std::numeric_limits<double>::quiet_NaN();

/// One thing to measure.
struct Case
{
    QString name;
    std::function<std::vector<double>()> run; ///< does it once; one value for each column
    QString reference = {};                   ///< case of the same family; empty: the first one
};

/// Cases that are measured in the same columns and compared with one another.
struct Family
{
    QString name;
    QString title;
    QStringList columns; ///< with their units
    std::vector<Case> cases;
};

/// The cases whose "family/case" contains \a text, and those that they are compared with.
std::vector<Family> selected(std::vector<Family> families, const QString &text);

/// Runs all cases in turn, \a rounds times, so that a disturbance hits all of them alike. Values
/// are medians over the rounds; the ratio of each case to its reference is formed within a round,
/// and is the median of those. Progress goes to stderr.
QJsonObject runInterleaved(const std::vector<Family> &families, int rounds);

double median(std::vector<double> values); ///< 0 without values

} // namespace Fanfare::Bench
