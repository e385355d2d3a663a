// SPDX-License-Identifier: MIT
#include "openedrun.h"

#include "partqueue.h"

#include <fanfare/runs/chromeevents.h>
#include <fanfare/runs/chromeimport.h>

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <thread>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::OpenedRun)
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

/// Taking a file apart and folding it into a model take about the same time: both are done at once.
static void readInto(RunFeed &feed, RunModel &model, const ProgressSink &progress,
                     const std::stop_token &stop)
{
    PartQueue queue;
    const std::jthread reader([&] {
        feed.read([&queue](RunPart part) { queue.push(std::move(part)); }, progress, stop);
        queue.finish();
    });
    while (std::optional<RunPart> part = queue.take())
        feed.fold(*std::move(part), model);
}

static Result<OpenedRun> readRun(const QString &path, const ProgressSink &progress,
                                 const std::stop_token &stop)
{
    const Result<std::shared_ptr<RunFeed>> feed = RunFeed::open(path);
    if (!feed)
        return feed.error();
    OpenedRun run{.path = path, .info = (*feed)->reader().info()};
    run.model = std::make_unique<RunModel>();
    readInto(**feed, *run.model, progress, stop);
    run.index = (*feed)->reader().index();
    if ((*feed)->goesOn())
        run.feed = *feed;
    else
        run.damage = (*feed)->reader().damage();
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
    QStringList problems{import->damage, import->contradiction()};
    problems.removeAll(QString());
    run->damage = problems.join(u' ');
    return run;
}

Result<OpenedRun> openRun(const QString &path, const ProgressSink &progress, std::stop_token stop)
{
    const QByteArray beginning = beginningOf(path);
    if (isTrace(beginning) || isCompressed({beginning.data(), size_t(beginning.size())}))
        return readTrace(path, progress, stop); // which says to unpack what is compressed
    Result<OpenedRun> run = readRun(path, progress, stop);
    if (run || run.error().code != ErrorCode::Protocol || path.endsWith(u".ffrun"_s))
        return run;
    return Error{ErrorCode::InvalidArgument,
                 Text::tr("%1 is neither a run file of Fanfare nor a trace in the Chrome Trace "
                          "Event format; choose one that ends in .ffrun or .json.")
                     .arg(path)};
}

} // namespace Fanfare
