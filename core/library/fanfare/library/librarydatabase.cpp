// SPDX-License-Identifier: MIT
#include "fanfare/library/librarydatabase.h"

#include <QSqlError>
#include <QUuid>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

constexpr int schemaVersion = 1;

/// "runs" is what files say and can be read again; "notes" and "tags" are what users wrote.
const QStringList schema{
    u"CREATE TABLE runs (file TEXT PRIMARY KEY, modified INTEGER NOT NULL, size INTEGER NOT NULL, "
    "id TEXT NOT NULL, label TEXT NOT NULL, executor TEXT NOT NULL, workers INTEGER NOT NULL, "
    "scenario TEXT NOT NULL, series TEXT NOT NULL, begin INTEGER NOT NULL, ended INTEGER NOT NULL, "
    "tasks INTEGER NOT NULL, unsuccessful INTEGER NOT NULL, wall INTEGER NOT NULL, "
    "host TEXT NOT NULL, system TEXT NOT NULL, processor TEXT NOT NULL, cores INTEGER NOT NULL, "
    "qt TEXT NOT NULL, fanfare TEXT NOT NULL, load REAL NOT NULL)"_s,
    u"CREATE INDEX runs_by_begin ON runs (begin)"_s,
    u"CREATE TABLE notes (file TEXT PRIMARY KEY, label TEXT, notes TEXT NOT NULL DEFAULT '', "
    "pinned INTEGER NOT NULL DEFAULT 0)"_s,
    u"CREATE TABLE tags (file TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (file, tag))"_s,
    u"PRAGMA user_version = %1"_s.arg(schemaVersion),
};

/// SQLite's primary result codes: 5 busy, 6 locked, 11 corrupt, 26 not a database.
Error errorOf(const QSqlError &error, const QString &path)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    if (code == 5 || code == 6) {
        return {ErrorCode::Unreadable,
                u"The run library %1 is in use by another program; try again when that has ended."_s
                    .arg(path)};
    }
    if (code == 11 || code == 26)
        return {ErrorCode::Protocol, u"The run library %1 is damaged."_s.arg(path)};
    return {ErrorCode::Unreadable,
            u"The run library %1 cannot be used: %2."_s.arg(path, error.databaseText())};
}

} // namespace

LibraryDatabase::LibraryDatabase(const QString &path)
    : m_path(path)
    , m_name(QUuid::createUuid().toString())
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
}

LibraryDatabase::~LibraryDatabase()
{
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<LibraryDatabase>> LibraryDatabase::open(const QString &path)
{
    std::unique_ptr<LibraryDatabase> database(new LibraryDatabase(path));
    QSqlDatabase connection = QSqlDatabase::database(database->m_name, false);
    if (!connection.isValid()) {
        return Error{ErrorCode::Unreadable,
                     u"Qt's driver for SQLite is missing; install the package "
                     "libqt6sql6-sqlite."_s};
    }
    if (!connection.open())
        return errorOf(connection.lastError(), path);
    if (const Result<void> prepared = database->prepare(); !prepared)
        return prepared.error();
    return database;
}

Result<void> LibraryDatabase::prepare()
{
    // Refused while another program does the same; whatever else is wrong shows in what follows.
    (void)run(u"PRAGMA journal_mode = WAL"_s);
    const Result<int> found = version();
    if (!found)
        return found.error();
    if (*found > schemaVersion) {
        return Error{ErrorCode::Protocol,
                     u"The run library %1 was made by a newer version of Fanfare."_s.arg(m_path)};
    }
    return *found == schemaVersion ? Result<void>() : makeSchema();
}

Result<int> LibraryDatabase::version()
{
    auto query = run(u"PRAGMA user_version"_s);
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toInt() : 0;
}

Result<void> LibraryDatabase::makeSchema()
{
    return inTransaction([this]() -> Result<void> {
        const Result<int> found = version(); // another program may have been faster
        if (!found || *found == schemaVersion)
            return found ? Result<void>() : Result<void>(found.error());
        for (const QString &statement : schema) {
            if (const auto made = run(statement); !made)
                return made.error();
        }
        return {};
    });
}

Result<QSqlQuery> LibraryDatabase::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query.lastError(), m_path);
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return errorOf(query.lastError(), m_path);
    return query;
}

} // namespace Fanfare
