// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>
#include <fanfare/library/retention.h>
#include <fanfare/library/runtrash.h>

#include <fanfare/base/result.h>

#include <QHash>

#include <memory>
#include <vector>

namespace Fanfare {

class LibraryDatabase;

/// The runs of a folder, with what users wrote about them.
///
/// Threads: [owner]; everything blocks as long as the disk takes. Errors of all that returns a
/// Result: Unreadable when the database is locked or cannot be written, with a sentence.
class RunLibrary final
{
public:
    static constexpr auto databaseName = "library.sqlite";

    /// Opens the library of \a folder, which is made when it is not there. A damaged database is
    /// moved aside and made again from the files: notice() says so.
    static Result<std::unique_ptr<RunLibrary>> open(const QString &folder);
    ~RunLibrary();

    /// Empty, or one sentence about what happened to the database.
    const QString &notice() const { return m_notice; }

    /// Takes in files that are new or changed and forgets those that are gone. Returns a sentence
    /// for each file that is no run. Reads two blocks of each new file, and nothing of the others.
    Result<QStringList> refresh();

    Result<std::vector<LibraryEntry>> entries(); ///< pinned ones first, then the newest first

    Result<void> setLabel(const QString &file, const QString &label); ///< empty: the file's own
    Result<void> setTags(const QString &file, const QStringList &tags);
    Result<void> setNotes(const QString &file, const QString &notes);
    Result<void> setPinned(const QString &file, bool isPinned);

    /// Takes runs off the list, see RunTrash; restore() brings them back, with all that was written
    /// about them, for a day.
    Result<void> remove(const QStringList &files);
    Result<void> restore(const QStringList &files);

    /// remove()s what \a retention does not keep and returns the names of the files. The trash is
    /// held below a tenth of the bytes that are kept.
    Result<QStringList> apply(const Retention &retention);

    QStringList removed() const; ///< names of the files that restore() can bring back

private:
    struct Stamp
    {
        qint64 modified = 0;
        qint64 size = 0;
        bool operator==(const Stamp &other) const = default;
    };

    RunLibrary(QString folder, std::unique_ptr<LibraryDatabase> database);
    QString pathOf(const QString &file) const;
    Result<QHash<QString, Stamp>> known();
    Result<void> add(const QString &file, const Stamp &stamp, QStringList &problems);
    Result<void> forget(const QString &file);
    Result<void> note(const QString &file, const QString &column, const QVariant &value);
    Result<QHash<QString, QStringList>> tagsByFile();
    void emptyTrash(qint64 bytes);

    const QString m_folder;
    const std::unique_ptr<LibraryDatabase> m_database;
    RunTrash m_trash;
    QString m_notice;
};

} // namespace Fanfare
