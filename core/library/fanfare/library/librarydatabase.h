// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

namespace Fanfare {

/// The connection to a library's database, with its schema. Nothing waits longer than two seconds
/// for another program that holds it.
///
/// Threads: [owner].
class LibraryDatabase final
{
public:
    /// Opens the file \a path, and makes it when it is not there. Errors: Unreadable when it cannot
    /// be opened or is locked; Protocol when it is no database, damaged, or of a newer version.
    static Result<std::unique_ptr<LibraryDatabase>> open(const QString &path);
    ~LibraryDatabase();

    LibraryDatabase(const LibraryDatabase &) = delete;
    LibraryDatabase &operator=(const LibraryDatabase &) = delete;

    /// Runs \a sql with \a values in the places of its question marks. Errors as of open().
    Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});

    /// Runs \a work, which returns Result<void>, as one transaction: all of it or nothing.
    template <typename Work>
    Result<void> inTransaction(Work work);

private:
    explicit LibraryDatabase(const QString &path);
    Result<void> prepare();
    Result<int> version(); ///< of the schema in the file; 0: none yet
    Result<void> makeSchema();

    const QString m_path;
    const QString m_name; ///< of Qt's connection
};

template <typename Work>
Result<void> LibraryDatabase::inTransaction(Work work)
{
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    const Result<void> done = work();
    const auto ended = run(done ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    if (!done)
        return done;
    return ended ? Result<void>() : Result<void>(ended.error());
}

} // namespace Fanfare
