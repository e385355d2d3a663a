// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report.h"

namespace Fanfare::Cli {

class Output;

/// Reports for people: what handlers print, one line per failure, results, a summary.
/// A run of a million tasks does not flood the terminal: beyond a bound, failures and results are
/// only counted. With files (--each-file) all results are shown, beside the file they belong to.
class TextReporter final : public RunReporter
{
public:
    static constexpr quint64 maximumFailures = 50;
    static constexpr quint64 maximumResults = 20;

    explicit TextReporter(Output &output);

    void addTask(const TaskReport &task) override;
    void addLine(const LineReport &line) override;
    void sumUp(const SummaryReport &summary) override;

private:
    void addFailure(const TaskReport &task);
    void addResult(const TaskReport &task);
    QString colored(const QString &text, const char *code) const;

    Output &m_output;
    const bool m_hasColor;
    quint64 m_failures = 0;
    quint64 m_results = 0;
};

} // namespace Fanfare::Cli
