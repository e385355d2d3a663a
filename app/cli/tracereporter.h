// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report.h"

#include <fanfare/base/result.h>
#include <fanfare/runs/chrometrace.h>

#include <memory>

class QFileDevice;

namespace Fanfare::Cli {

/// Writes the run of --trace FILE as it happens. A new or regular file appears when the run is
/// over; until then, and when nothing ran, an older file of that name stays what it was. Devices,
/// pipes and what links lead to are written in place and never replaced.
class TraceReporter final : public RunReporter
{
public:
    /// Starts a file next to \a path, or says why none can be written there.
    static Result<std::unique_ptr<TraceReporter>> open(const QString &path);
    ~TraceReporter() override;

    void setEnginePid(qint64 pid) { m_enginePid = pid; } ///< before the first task or lane
    const QString &error() const { return m_error; }     ///< after sumUp(): a sentence, or empty

    void addLane(const LaneInfo &lane) override;
    void addTask(const TaskReport &task) override;
    void addLine(const LineReport &) override { }
    void sumUp(const SummaryReport &summary) override;

private:
    explicit TraceReporter(std::unique_ptr<QFileDevice> file);
    ChromeTraceWriter &writer();

    std::unique_ptr<QFileDevice> m_file;
    std::unique_ptr<ChromeTraceWriter> m_writer;
    qint64 m_enginePid = 0;
    QString m_error;
};

} // namespace Fanfare::Cli
