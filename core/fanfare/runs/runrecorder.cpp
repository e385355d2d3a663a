// SPDX-License-Identifier: MIT
#include "fanfare/runs/runrecorder.h"

#include "fanfare/runs/runlock.h"

#include <QStandardPaths>
#include <QSysInfo>
#include <QThread>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Result<std::unique_ptr<RunRecorder>> RunRecorder::create(const QString &path, RunInfo info)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
        return Error{ErrorCode::Unreadable,
                     u"The run cannot be kept in %1: %2."_s.arg(path, file->errorString())};
    }
    markRecorded(*file);
    return std::unique_ptr<RunRecorder>(new RunRecorder(std::move(file), std::move(info)));
}

RunRecorder::RunRecorder(std::unique_ptr<QFile> file, RunInfo info)
    : m_file(std::move(file))
    , m_writer(*m_file, std::move(info))
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(100ms);
    QObject::connect(&m_flush, &QTimer::timeout, &m_flush, [this] { m_writer.flush(); });
}

void RunRecorder::add(const TraceBatch &batch)
{
    m_writer.add(batch);
    m_usage.take(batch);
    if ((!batch.spans.empty() || batch.live.time > 0) && !m_flush.isActive())
        m_flush.start();
}

static SpanRecord lostSpan(const OpenTask &task, qint64 time)
{
    SpanRecord span;
    span.task = task.task;
    span.subscriber = task.subscriber;
    span.event = task.event;
    span.lane = task.lane;
    span.queued = task.queued > 0 ? task.queued : time;
    span.started = task.started > 0 ? task.started : time;
    span.finished = time;
    span.outcome = Outcome::Crashed;
    return span;
}

void RunRecorder::addLost(const std::vector<OpenTask> &tasks, const std::vector<TaskId> &culprits,
                          qint64 time, const QString &cause)
{
    TraceBatch batch;
    for (const OpenTask &task : tasks) {
        batch.spans.push_back(lostSpan(task, time));
        TaskDetail detail{.task = task.task, .reason = u"engine-crashed"_s};
        if (std::ranges::find(culprits, task.task) != culprits.end())
            detail.crash.insert(u"cause"_s, cause);
        batch.details.push_back(detail);
    }
    add(batch);
}

bool RunRecorder::finish(quint64 emissions)
{
    m_flush.stop();
    m_usage.look();
    m_writer.setProcesses(m_usage.usages());
    const bool isWhole = m_writer.finish(emissions);
    m_file->close();
    return isWhole;
}

QString RunRecorder::problem() const
{
    if (!m_writer.isBroken())
        return {};
    return u"The run is not kept any further: %1 cannot be written (%2). Its tasks go on; make "
           "room on the disk before the next run."_s.arg(path(), m_file->errorString());
}

QString userRunFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/fanfare/runs"_s;
}

/// What stands behind \a key in a file of lines "key : value"; empty when it is not there.
static QString lineValue(const QString &path, const QByteArray &key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1).trimmed());
    }
    return {};
}

static double loadOfLastMinute()
{
    QFile file(u"/proc/loadavg"_s);
    bool isNumber = false;
    double load = -1;
    if (file.open(QIODevice::ReadOnly))
        load = file.readAll().split(' ').value(0).toDouble(&isNumber);
    return isNumber ? load : -1;
}

RunEnvironment currentEnvironment()
{
    return {.host = QSysInfo::machineHostName(),
            .system = QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelType() + u' '
                + QSysInfo::kernelVersion(),
            .processor = lineValue(u"/proc/cpuinfo"_s, "model name"),
            .cores = QThread::idealThreadCount(),
            .qt = QLatin1String(qVersion()),
            .fanfare = QLatin1String(FANFARE_VERSION),
            .load = loadOfLastMinute()};
}

} // namespace Fanfare
