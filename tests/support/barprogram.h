// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

/// What running a bar gave: its figures, and what was wrong.
struct BarResult
{
    QJsonObject figures;
    QString problem; ///< one sentence or more; empty when the bar holds

    /// Notes \a sentence unless \a holds.
    void expect(bool holds, const QString &sentence)
    {
        if (!holds)
            problem += sentence + u' ';
    }
};

namespace Fanfare::Test {

/// One bar of a program that runs bars, ready to run.
struct NamedBar
{
    QString name;    ///< "R17"
    QString summary; ///< one line
    std::function<BarResult()> run;
};

/// Where results go besides the lines that people read.
struct BarOutput
{
    bool printsJson = false; ///< one object per bar instead of the line
    QString file;            ///< an array of all objects; empty: none
};

/// Prints a line on standard output, at once.
void printLine(const QString &line);

/// Prints name and summary of all \a bars. Returns 0.
int listBars(const std::vector<NamedBar> &bars);

/// Runs the bars of \a names, in their order, or for "all" each of \a bars. An object has the
/// figures, `bar`, `holds`, `problem` and `seconds`. Returns 0 when all hold, 1 when one does not,
/// 2 with a sentence when there is none of that name or the file cannot be written.
int runBars(const std::vector<NamedBar> &bars, const QStringList &names, const BarOutput &output);

} // namespace Fanfare::Test
