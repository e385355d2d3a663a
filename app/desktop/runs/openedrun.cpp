// SPDX-License-Identifier: MIT
#include "openedrun.h"

#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/chromeimport.h>
#include <fanfare/runs/runreader.h>

#include <QCoreApplication>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::OpenedRun)
};

/// Folds what a reader brings into a model, as an engine's facts would be.
class Folder
{
public:
    explicit Folder(RunModel &model)
        : m_model(model)
    {
    }

    void fold(TraceBatch trace, const RunNames &names)
    {
        if (names != m_names) {
            m_names = names;
            m_model.setCatalog(catalogOf(names));
        }
        nameLanes(trace.lanes);
        for (const SpanRecord &span : trace.spans) {
            m_last = std::max(m_last, span.finished + span.repliedAfter);
            m_emissions = std::max(m_emissions, number(span.task.emission));
        }
        trace.live = {}; // nothing of a finished run is open
        trace.live.time = m_last;
        BatchFact batch{.trace = std::move(trace)};
        batch.counters.emissions = m_emissions;
        m_model.apply(batch);
    }

private:
    /// Lanes of one name are one in a window, but in a trace of others two processes may each have
    /// a thread "main".
    void nameLanes(std::vector<LaneInfo> &lanes)
    {
        for (LaneInfo &lane : lanes) {
            if (m_laneIds.contains(number(lane.id)))
                continue;
            m_laneIds.insert(number(lane.id));
            if (m_laneNames.contains(lane.name))
                lane.name += u" · %1"_s.arg(lane.pid > 0 ? lane.pid : qint64(number(lane.id)));
            m_laneNames.insert(lane.name);
        }
    }

    RunModel &m_model;
    RunNames m_names;
    QSet<quint32> m_laneIds;
    QSet<QString> m_laneNames;
    qint64 m_last = 0;
    quint64 m_emissions = 0;
};

} // namespace

static QByteArray beginningOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(4096) : QByteArray();
}

static bool isTrace(const QByteArray &beginning)
{
    const QByteArray text = beginning.trimmed();
    return (text.startsWith('{') && text.contains("\"traceEvents\""))
        || ((text.startsWith('[') || text.startsWith('{')) && text.contains("\"ph\""));
}

bool isRunFile(const QString &path)
{
    return path.endsWith(u".ffrun"_s) || isTrace(beginningOf(path));
}

static Result<OpenedRun> readRun(const QString &path, const ProgressSink &progress,
                                 const std::stop_token &stop)
{
    Result<RunReader> reader = RunReader::open(path);
    if (!reader)
        return reader.error();
    OpenedRun run{.path = path, .info = reader->info(), .index = reader->index()};
    run.model = std::make_unique<RunModel>();
    Folder folder(*run.model);
    TraceBatch batch;
    while (!stop.stop_requested() && reader->read(batch)) {
        folder.fold(std::exchange(batch, {}), reader->names());
        progress(reader->progress());
    }
    run.damage = reader->damage();
    return run;
}

static Result<OpenedRun> readTrace(const QString &path, const ProgressSink &progress,
                                   const std::stop_token &stop)
{
    const QTemporaryDir scratch;
    const QString target = scratch.filePath(u"imported.ffrun"_s);
    progress(-1);
    const Result<ChromeImport> import = importChrome(path, target, stop);
    if (!import)
        return import.error();
    Result<OpenedRun> run = readRun(target, progress, stop);
    if (!run)
        return run.error();
    run->path = path;
    run->damage = import->damage;
    return run;
}

Result<OpenedRun> openRun(const QString &path, const ProgressSink &progress, std::stop_token stop)
{
    if (isTrace(beginningOf(path)))
        return readTrace(path, progress, stop);
    Result<OpenedRun> run = readRun(path, progress, stop);
    if (run || run.error().code != ErrorCode::Protocol || path.endsWith(u".ffrun"_s))
        return run;
    return Error{ErrorCode::InvalidArgument,
                 Text::tr("%1 is neither a run file of Fanfare nor a trace in the Chrome Trace "
                          "Event format; choose one that ends in .ffrun or .json.")
                     .arg(path)};
}

} // namespace Fanfare
