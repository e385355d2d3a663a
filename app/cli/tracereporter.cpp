// SPDX-License-Identifier: MIT
#include "cli/tracereporter.h"

#include "cli/wording.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace Fanfare::Cli {

TraceReporter::TraceReporter(std::unique_ptr<QFileDevice> file)
    : m_file(std::move(file))
{
}

TraceReporter::~TraceReporter() = default;

/// The file at \a path, to be replaced when it is safe to do so. QSaveFile renames a new file over
/// the old one, and to root that works for /dev/null as well.
static std::unique_ptr<QFileDevice> fileAt(const QString &path)
{
    const QFileInfo info(path);
    if (info.isSymLink() || (info.exists() && !info.isFile()))
        return std::make_unique<QFile>(path);
    return std::make_unique<QSaveFile>(path);
}

/// Makes everything that was written to \a file last.
static bool complete(QFileDevice &file)
{
    if (auto *replacement = qobject_cast<QSaveFile *>(&file))
        return replacement->commit();
    return file.flush() && file.error() == QFileDevice::NoError;
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
    std::unique_ptr<QFileDevice> file = fileAt(path);
    if (!file->open(QIODevice::WriteOnly))
        return cannotWrite(path, file->errorString());
    return std::unique_ptr<TraceReporter>(new TraceReporter(std::move(file)));
}

ChromeTraceWriter &TraceReporter::writer()
{
    if (!m_writer)
        m_writer = std::make_unique<ChromeTraceWriter>(*m_file, m_enginePid);
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
    const QString why = m_file->errorString(); // of a failed write; completing may hide it
    if (!isWritten)
        m_error = cannotWrite(m_file->fileName(), why).message;
    else if (!complete(*m_file))
        m_error = cannotWrite(m_file->fileName(), m_file->errorString()).message;
}

} // namespace Fanfare::Cli
