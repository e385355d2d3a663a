// SPDX-License-Identifier: MIT
#include "cli/tracereporter.h"

#include "cli/wording.h"

#include <QFileInfo>

namespace Fanfare::Cli {

TraceReporter::TraceReporter(const QString &path)
    : m_file(path)
{
    m_file.setDirectWriteFallback(true); // for /dev/stdout and folders that take no new file
}

static Error cannotWrite(const QString &path, const QString &why)
{
    return {ErrorCode::InvalidArgument,
            u"The trace cannot be written to %1: %2; name another file with --trace."_qs.arg(
                quoted(path), why)};
}

Result<std::unique_ptr<TraceReporter>> TraceReporter::open(const QString &path)
{
    if (QFileInfo(path).isDir())
        return cannotWrite(path, u"it is a folder"_qs);
    std::unique_ptr<TraceReporter> reporter(new TraceReporter(path));
    if (!reporter->m_file.open(QIODevice::WriteOnly))
        return cannotWrite(path, reporter->m_file.errorString());
    return reporter;
}

ChromeTraceWriter &TraceReporter::writer()
{
    if (!m_writer)
        m_writer = std::make_unique<ChromeTraceWriter>(m_file, m_enginePid);
    return *m_writer;
}

void TraceReporter::addLane(const LaneInfo &lane)
{
    writer().addLane(lane);
}

void TraceReporter::addTask(const TaskReport &task)
{
    writer().addSpan(task.span,
                     {task.event, task.label.plugin, task.label.handler, task.reason, task.error});
}

void TraceReporter::sumUp(const SummaryReport &)
{
    const bool isWritten = writer().finish();
    if (!m_file.commit() || !isWritten)
        m_error = cannotWrite(m_file.fileName(), m_file.errorString()).message;
}

} // namespace Fanfare::Cli
