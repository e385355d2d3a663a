// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report.h"

namespace Fanfare::Cli {

class Output;

/// Reports as JSON Lines: one object per finished task ("type": "task") and written line ("log"),
/// last one "summary". Members are never removed or given another meaning; later versions add some.
/// Times ending in Ns are nanoseconds of CLOCK_MONOTONIC, cpuNs is -1 when not measured; every
/// outcome is a member of "outcomes", also those that did not happen.
class JsonReporter final : public RunReporter
{
public:
    explicit JsonReporter(Output &output)
        : m_output(output)
    {
    }

    void addTask(const TaskReport &task) override;
    void addLine(const LineReport &line) override;
    void sumUp(const SummaryReport &summary) override;

private:
    Output &m_output;
};

} // namespace Fanfare::Cli
