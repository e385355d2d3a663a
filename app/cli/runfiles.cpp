// SPDX-License-Identifier: MIT
#include "cli/runverbs.h"

#include "cli/session.h"
#include "cli/wording.h"
#include "cli/workbar.h"

#include <fanfare/library/runlibrary.h>
#include <fanfare/runs/chromeimport.h>
#include <fanfare/runs/runexport.h>
#include <fanfare/runs/runfolder.h>
#include <fanfare/runs/runlock.h>
#include <fanfare/runs/runrecorder.h>
#include <fanfare/runs/verdict.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLocale>

#include <cstdio>
#include <unistd.h>

namespace Fanfare::Cli {

using namespace Qt::StringLiterals;

QString runFolderOf(const Options &options)
{
    return options.run.runsFolder.isEmpty() ? userRunFolder() : options.run.runsFolder;
}

static int refuse(const Error &error)
{
    complain(error.message);
    return Usage;
}

static QString rowOf(const RunListing &listing)
{
    const RunInfo &info = listing.info;
    const QString when =
        QDateTime::fromMSecsSinceEpoch(info.beginUtc).toString(u"yyyy-MM-dd HH:mm:ss"_s);
    QString what =
        u"%1  %2  %3  %4"_s.arg(info.id.first(8), when, configurationName(info).leftJustified(14),
                                printable(info.label).leftJustified(20));
    if (!listing.index)
        return what + (isRecorded(listing.path) ? u"  goes on"_s : u"  not ended in order"_s);
    const quint64 tasks = listing.index->tasks();
    const quint64 good = listing.index->outcomes[static_cast<size_t>(Outcome::Succeeded)];
    what += u"  "_s + counted(tasks, u"task"_s) + u" in "_s + formatDuration(listing.index->wall());
    return good == tasks ? what : what + u", %1 not succeeded"_s.arg(tasks - good);
}

/// What was written in the window about the runs in \a folder, by path. Without the library, or
/// when it cannot be read, the list is what the files say.
static QHash<QString, LibraryEntry> writtenAbout(const QString &folder)
{
    QHash<QString, LibraryEntry> written;
    if (!QFileInfo::exists(QDir(folder).filePath(QLatin1String(RunLibrary::databaseName))))
        return written;
    const auto library = RunLibrary::open(folder);
    if (!library) {
        complain(library.error().message);
        return written;
    }
    if (!(*library)->notice().isEmpty())
        complain((*library)->notice());
    if (const auto refreshed = (*library)->refresh(); !refreshed)
        complain(refreshed.error().message);
    const auto entries = (*library)->entries();
    if (!entries)
        complain(entries.error().message);
    for (const LibraryEntry &entry : entries ? *entries : std::vector<LibraryEntry>())
        written.insert(QFileInfo(entry.path).absoluteFilePath(), entry);
    return written;
}

static QString tagText(const RunListing &listing)
{
    const QStringList &tags = listing.info.tags;
    return tags.isEmpty() ? QString() : u"  ["_s + printable(tags.join(u", "_s)) + u']';
}

/// "12 runs of 3 series, 4.2 MB; 2 deleted ones can come back until tomorrow"
static QString sumOf(const RunList &list, const QString &folder)
{
    qint64 bytes = 0;
    for (const RunListing &listing : list.runs)
        bytes += QFileInfo(listing.path).size();
    QString text = u"%1, %2"_s.arg(counted(quint64(list.runs.size()), u"run"_s),
                                   QLocale::c().formattedDataSize(bytes));
    const qsizetype deleted = RunTrash(folder).files().size();
    if (deleted > 0) {
        text +=
            u"; %1 that %2 deleted can come back for a day, with Undo in the window or from %3"_s
                .arg(deleted)
                .arg(deleted == 1 ? u"was"_s : u"were"_s,
                     quoted(QDir(folder).filePath(QLatin1String(RunTrash::folderName))));
    }
    return text;
}

int listRuns(const Options &options, Output &output)
{
    const QString folder = runFolderOf(options);
    RunList list = runsIn(folder);
    const QHash<QString, LibraryEntry> written = writtenAbout(folder);
    for (RunListing &listing : list.runs) {
        const auto entry = written.constFind(QFileInfo(listing.path).absoluteFilePath());
        if (entry != written.constEnd()) {
            listing.info.label = entry->label;
            listing.info.tags = entry->tags;
        }
        if (options.json)
            output.buffer() += jsonOf(listing);
        else
            output.line(rowOf(listing) + tagText(listing));
    }
    for (const QString &problem : list.problems)
        complain(problem);
    if (!list.runs.empty() && !options.json)
        output.line(sumOf(list, folder));
    if (list.runs.empty() && !options.json) {
        output.line(
            u"There are no runs in %1 yet; `fanfare-cli run SCENARIO.json` makes some."_s.arg(
                quoted(folder)));
    }
    return Succeeded;
}

static Result<void> openOutput(QFile &file, const QString &path)
{
    const bool isOpen = path.isEmpty() ? file.open(stdout, QIODevice::WriteOnly)
                                       : file.open(QIODevice::WriteOnly | QIODevice::NewOnly);
    if (isOpen)
        return {};
    return Error{ErrorCode::Unreadable,
                 u"%1 cannot be written: %2; check the path after --output."_s.arg(
                     quoted(path), file.errorString())};
}

/// \a sharesTerminal: what is written comes where a bar would be.
static Result<RunExport> exportTo(QFile &file, const QString &source, const RunOptions &options,
                                  bool sharesTerminal)
{
    Output terminal(STDERR_FILENO);
    WorkBar bar(terminal, u"Writing"_s);
    const auto progress = sharesTerminal ? nullptr : bar.part(0, 1);
    return options.exportFormat == ExportFormat::Csv ? exportCsv(source, file, progress)
                                                     : exportChrome(source, file, progress);
}

int exportRun(const Options &options, Output &output)
{
    const Result<QString> source = findRun(options.run.source, runFolderOf(options));
    if (!source)
        return refuse(source.error());
    QFile file(options.run.output);
    if (const Result<void> opened = openOutput(file, options.run.output); !opened)
        return refuse(opened.error());
    const Result<RunExport> done =
        exportTo(file, *source, options.run, file.fileName().isEmpty() && output.isTerminal());
    if (!done) {
        complain(done.error().message);
        return NotAllSucceeded;
    }
    if (!done->damage.isEmpty())
        complain(done->damage);
    return done->damage.isEmpty() ? Succeeded : NotAllSucceeded;
}

static Result<ChromeImport> importWithBar(const QString &source, const QString &target)
{
    Output terminal(STDERR_FILENO);
    WorkBar bar(terminal, u"Reading"_s);
    return importChrome(source, target, {}, bar.part(0, 1));
}

int importTrace(const Options &options, Output &output)
{
    const QString folder = runFolderOf(options);
    QDir().mkpath(folder);
    const QString name =
        QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmsszzz"_s) + u"-imported.ffrun"_s;
    const QString target = QDir(folder).filePath(name);
    const Result<ChromeImport> done = importWithBar(options.run.source, target);
    if (!done)
        return refuse(done.error());
    for (const QString &sentence : {done->damage, done->contradiction()}) {
        if (!sentence.isEmpty())
            complain(sentence);
    }
    if (options.json)
        output.buffer() += jsonOf(RunListing{target, done->index.info, done->index});
    else
        output.line(u"%1 in %2, kept as run %3"_s.arg(counted(done->index.tasks(), u"task"_s),
                                                      printable(target),
                                                      done->index.info.id.first(8)));
    return done->damage.isEmpty() ? Succeeded : NotAllSucceeded;
}

} // namespace Fanfare::Cli
