// SPDX-License-Identifier: MIT
#include "fanfare/runs/runfolder.h"

#include "fanfare/runs/jsontext.h"
#include "fanfare/runs/runlock.h"
#include "fanfare/runs/runreader.h"

#include <QCborArray>
#include <QDateTime>
#include <QDir>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunList runsIn(const QString &folder)
{
    RunList list;
    const QDir dir(folder);
    for (const QFileInfo &file : dir.entryInfoList({u"*.ffrun"_s}, QDir::Files)) {
        const Result<RunReader> reader = RunReader::open(file.filePath());
        if (reader)
            list.runs.push_back({file.filePath(), reader->info(), reader->index()});
        else
            list.problems.append(reader.error().message);
    }
    std::ranges::stable_sort(list.runs, std::ranges::greater(),
                             [](const RunListing &listing) { return listing.info.beginUtc; });
    return list;
}

Result<QString> findRun(const QString &name, const QString &folder)
{
    if (QFileInfo(name).isFile())
        return name;
    QStringList found;
    for (const RunListing &listing : runsIn(folder).runs) {
        if (listing.info.id.startsWith(name))
            found.append(listing.path);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty()) {
        return Error{ErrorCode::NotFound,
                     u"There is no file and no run \"%1\" in %2; `fanfare-cli runs` lists the "
                     "runs there are."_s.arg(name, folder)};
    }
    return Error{
        ErrorCode::InvalidArgument,
        u"\"%1\" is the beginning of %2 ids; give more of it."_s.arg(name).arg(found.size())};
}

QByteArray jsonOf(const RunListing &listing)
{
    QByteArray json;
    {
        JsonObjectWriter object(json);
        const RunInfo &info = listing.info;
        object.text("id", info.id)
            .text("label", info.label)
            .text("executor", info.executor)
            .number("workers", info.workers)
            .text(
                "begin",
                QDateTime::fromMSecsSinceEpoch(info.beginUtc, Qt::UTC).toString(Qt::ISODateWithMs))
            .boolean("ended", listing.index.has_value())
            .boolean("goesOn", !listing.index && isRecorded(listing.path));
        if (!info.tags.isEmpty())
            object.value("tags", QCborArray::fromStringList(info.tags));
        if (listing.index) {
            object.number("tasks", qint64(listing.index->tasks()))
                .number("wallNs", listing.index->wall());
        }
        object.text("path", listing.path);
    }
    return json + '\n';
}

} // namespace Fanfare
