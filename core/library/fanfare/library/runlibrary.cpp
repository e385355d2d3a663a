// SPDX-License-Identifier: MIT
#include "fanfare/library/runlibrary.h"

#include "fanfare/library/librarydatabase.h"

#include <fanfare/runs/runlock.h>
#include <fanfare/runs/runreader.h>
#include <fanfare/runs/scenario.h>

#include <QDateTime>
#include <QDir>
#include <QSqlQuery>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunLibrary::RunLibrary(QString folder, std::unique_ptr<LibraryDatabase> database)
    : m_folder(std::move(folder))
    , m_database(std::move(database))
    , m_trash(m_folder)
{
}

RunLibrary::~RunLibrary() = default;

/// With its journal, which would belong to another database.
static void moveAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMddHHmmsszzz"_s);
    QFile::rename(path, path + u".damaged-"_s + stamp);
    QFile::remove(path + u"-wal"_s);
    QFile::remove(path + u"-shm"_s);
}

Result<std::unique_ptr<RunLibrary>> RunLibrary::open(const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        return Error{ErrorCode::Unreadable,
                     u"The folder %1 for runs cannot be made; check who may write to the one above "
                     "it."_s.arg(folder)};
    }
    const QString path = QDir(folder).filePath(QLatin1String(databaseName));
    QString notice;
    Result<std::unique_ptr<LibraryDatabase>> database = LibraryDatabase::open(path);
    if (!database && database.error().code == ErrorCode::Protocol) {
        notice = database.error().message
            + u" It was moved aside and made again from the run files; labels, tags and notes that "
              "were given later are not in those."_s;
        moveAside(path);
        database = LibraryDatabase::open(path);
    }
    if (!database)
        return database.error();
    std::unique_ptr<RunLibrary> library(new RunLibrary(folder, *std::move(database)));
    library->m_notice = notice;
    library->emptyTrash(0);
    return library;
}

QString RunLibrary::pathOf(const QString &file) const
{
    return QDir(m_folder).filePath(file);
}

/// What was deleted a day ago will hardly be missed any more.
void RunLibrary::emptyTrash(qint64 bytes)
{
    for (const QString &file : m_trash.empty(QDateTime::currentDateTimeUtc(), bytes))
        (void)forget(file);
}

QStringList RunLibrary::removed() const
{
    return m_trash.files();
}

Result<QHash<QString, RunLibrary::Stamp>> RunLibrary::known()
{
    auto query = m_database->run(u"SELECT file, modified, size FROM runs"_s);
    if (!query)
        return query.error();
    QHash<QString, Stamp> stamps;
    while (query->next())
        stamps.insert(query->value(0).toString(),
                      {query->value(1).toLongLong(), query->value(2).toLongLong()});
    return stamps;
}

Result<QStringList> RunLibrary::refresh()
{
    Result<QHash<QString, Stamp>> before = known();
    if (!before)
        return before.error();
    QStringList problems;
    const QFileInfoList files = QDir(m_folder).entryInfoList({u"*.ffrun"_s}, QDir::Files);
    const Result<void> done = m_database->inTransaction([&]() -> Result<void> {
        for (const QFileInfo &file : files) {
            const Stamp stamp{file.lastModified().toMSecsSinceEpoch(), file.size()};
            const auto old = before->constFind(file.fileName());
            const bool isKnown = old != before->constEnd() && *old == stamp;
            before->remove(file.fileName());
            if (isKnown)
                continue;
            if (Result<void> added = add(file.fileName(), stamp, problems); !added)
                return added;
        }
        for (auto gone = before->cbegin(); gone != before->cend(); ++gone) {
            auto removed = m_database->run(u"DELETE FROM runs WHERE file = ?"_s, {gone.key()});
            if (!removed)
                return removed.error();
        }
        return {};
    });
    if (!done)
        return done.error();
    return problems;
}

static QString scenarioNameOf(const RunInfo &info)
{
    if (info.scenario.isEmpty())
        return {};
    const Result<Scenario> scenario = parseScenario(info.scenario, {});
    return scenario && !scenario->name.isEmpty() ? scenario->name : info.label;
}

/// SQLite keeps a null string as NULL, which is something else than an empty one.
static QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

Result<void> RunLibrary::add(const QString &file, const Stamp &stamp, QStringList &problems)
{
    const Result<RunReader> reader = RunReader::open(pathOf(file));
    if (!reader) {
        problems.append(reader.error().message);
        return {};
    }
    const RunInfo &info = reader->info();
    const RunEnvironment &machine = info.environment;
    const RunIndex index = reader->index().value_or(RunIndex());
    const quint64 good = index.outcomes[static_cast<size_t>(Outcome::Succeeded)];
    QVariantList values{file,
                        stamp.modified,
                        stamp.size,
                        notNull(info.id),
                        notNull(info.label),
                        notNull(info.executor),
                        info.workers,
                        notNull(scenarioNameOf(info)),
                        notNull(info.series),
                        info.beginUtc,
                        reader->index().has_value(),
                        index.tasks(),
                        index.tasks() - good,
                        index.wall(),
                        notNull(machine.host),
                        notNull(machine.system),
                        notNull(machine.processor),
                        machine.cores,
                        notNull(machine.qt),
                        notNull(machine.fanfare),
                        machine.load};
    const QString marks = QStringList(values.size(), u"?"_s).join(u',');
    const auto added =
        m_database->run(u"INSERT OR REPLACE INTO runs VALUES (%1)"_s.arg(marks), values);
    if (!added)
        return added.error();
    for (const QString &tag : info.tags) {
        const auto tagged =
            m_database->run(u"INSERT OR IGNORE INTO tags VALUES (?, ?)"_s, {file, tag});
        if (!tagged)
            return tagged.error();
    }
    return {};
}

Result<void> RunLibrary::forget(const QString &file)
{
    for (const QString &table : {u"runs"_s, u"notes"_s, u"tags"_s}) {
        const auto gone = m_database->run(u"DELETE FROM %1 WHERE file = ?"_s.arg(table), {file});
        if (!gone)
            return gone.error();
    }
    return {};
}

Result<QHash<QString, QStringList>> RunLibrary::tagsByFile()
{
    auto query = m_database->run(u"SELECT file, tag FROM tags ORDER BY tag"_s);
    if (!query)
        return query.error();
    QHash<QString, QStringList> tags;
    while (query->next())
        tags[query->value(0).toString()].append(query->value(1).toString());
    return tags;
}

static LibraryEntry entryOf(const QSqlQuery &row)
{
    LibraryEntry entry;
    const auto text = [&row](int column) { return row.value(column).toString(); };
    entry.file = text(0);
    entry.id = text(1);
    entry.label = row.value(2).isNull() ? text(3) : text(2);
    entry.notes = text(4);
    entry.isPinned = row.value(5).toBool();
    entry.executor = text(6);
    entry.workers = row.value(7).toInt();
    entry.scenario = text(8);
    entry.series = text(9);
    entry.beginUtc = row.value(10).toLongLong();
    entry.size = row.value(11).toLongLong();
    entry.isEnded = row.value(12).toBool();
    entry.tasks = row.value(13).toULongLong();
    entry.unsuccessful = row.value(14).toULongLong();
    entry.wall = row.value(15).toLongLong();
    entry.environment = {text(16),
                         text(17),
                         text(18),
                         row.value(19).toInt(),
                         text(20),
                         text(21),
                         row.value(22).toDouble()};
    return entry;
}

Result<std::vector<LibraryEntry>> RunLibrary::entries()
{
    const Result<QHash<QString, QStringList>> tags = tagsByFile();
    if (!tags)
        return tags.error();
    auto query = m_database->run(
        u"SELECT runs.file, id, notes.label, runs.label, notes.notes, pinned, executor, workers, "
        "scenario, series, begin, size, ended, tasks, unsuccessful, wall, host, system, processor, "
        "cores, qt, fanfare, load FROM runs LEFT JOIN notes ON notes.file = runs.file "
        "ORDER BY coalesce(pinned, 0) DESC, begin DESC, runs.file"_s);
    if (!query)
        return query.error();
    std::vector<LibraryEntry> entries;
    while (query->next()) {
        entries.push_back(entryOf(*query));
        entries.back().path = pathOf(entries.back().file);
        entries.back().tags = tags->value(entries.back().file);
        entries.back().goesOn = !entries.back().isEnded && isRecorded(entries.back().path);
    }
    return entries;
}

/// \a column is one of the table "notes", never something from outside.
Result<void> RunLibrary::note(const QString &file, const QString &column, const QVariant &value)
{
    const auto noted = m_database->run(
        u"INSERT INTO notes (file, %1) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET %1 = "
        "excluded.%1"_s.arg(column),
        {file, value});
    return noted ? Result<void>() : Result<void>(noted.error());
}

Result<void> RunLibrary::setLabel(const QString &file, const QString &label)
{
    return note(file, u"label"_s, label.isEmpty() ? QVariant() : QVariant(label));
}

Result<void> RunLibrary::setNotes(const QString &file, const QString &notes)
{
    return note(file, u"notes"_s, notNull(notes));
}

Result<void> RunLibrary::setPinned(const QString &file, bool isPinned)
{
    return note(file, u"pinned"_s, isPinned);
}

Result<void> RunLibrary::setTags(const QString &file, const QStringList &tags)
{
    return m_database->inTransaction([&]() -> Result<void> {
        const auto cleared = m_database->run(u"DELETE FROM tags WHERE file = ?"_s, {file});
        if (!cleared)
            return cleared.error();
        for (const QString &tag : tags) {
            const auto added =
                m_database->run(u"INSERT OR IGNORE INTO tags VALUES (?, ?)"_s, {file, tag});
            if (!added)
                return added.error();
        }
        return {};
    });
}

/// What users wrote stays in the database all the time.
Result<void> RunLibrary::remove(const QStringList &files)
{
    for (const QString &file : files) {
        if (const Result<void> taken = m_trash.take(file); !taken)
            return taken;
    }
    const Result<QStringList> refreshed = refresh();
    return refreshed ? Result<void>() : Result<void>(refreshed.error());
}

Result<void> RunLibrary::restore(const QStringList &files)
{
    for (const QString &file : files) {
        if (const Result<void> given = m_trash.giveBack(file); !given)
            return given;
    }
    const Result<QStringList> refreshed = refresh();
    return refreshed ? Result<void>() : Result<void>(refreshed.error());
}

Result<QStringList> RunLibrary::apply(const Retention &retention)
{
    Result<std::vector<LibraryEntry>> all = entries();
    if (!all)
        return all.error();
    QStringList gone;
    for (const LibraryEntry &entry :
         surplusOf(*std::move(all), retention, QDateTime::currentMSecsSinceEpoch())) {
        if (m_trash.take(entry.file)) // else somebody else's problem: the next time tries again
            gone.append(entry.file);
    }
    if (gone.isEmpty())
        return gone;
    if (const Result<QStringList> refreshed = refresh(); !refreshed)
        return refreshed.error();
    emptyTrash(retention.bytes / 10);
    return gone;
}

} // namespace Fanfare
