// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/runlibrary.h>

#include <QObject>
#include <QThread>

#include <functional>

namespace Fanfare {

/// The run library of the window: does everything in a thread of its own, and hands back the list.
///
/// Threads: [gui]; the destructor blocks until what was asked for is done.
class Shelf final : public QObject
{
    Q_OBJECT

public:
    explicit Shelf(QString folder, QObject *parent = nullptr);
    ~Shelf() override;

    void refresh(); ///< looks for files that are new or gone

    void setLabel(const QString &file, const QString &label);
    void setTags(const QString &file, const QStringList &tags);
    void setNotes(const QString &file, const QString &notes);
    void setPinned(const QString &file, bool isPinned);
    void remove(const QStringList &files);
    void restore(const QStringList &files);
    void keepAnyway(const QStringList &files); ///< restores and pins them

    /// Deletes what \a retention does not keep, now and after each refresh().
    void setRetention(const Retention &retention);

    const std::vector<LibraryEntry> &entries() const { return m_entries; }
    QString folder() const { return m_folder; }

Q_SIGNALS:
    void changed();                         ///< entries() are new
    void troubled(const QString &sentence); ///< the database, or a file that is no run
    void removed(const QStringList &files); ///< by remove(): restore() brings them back

    /// New limits did not keep them: keepAnyway() brings them back.
    void surplusRemoved(const QStringList &files);

private:
    using Work = std::function<Result<void>(RunLibrary &)>;

    /// What lives in the thread.
    struct Worker
    {
        std::unique_ptr<RunLibrary> library;
        Retention retention;
        QStringList told; ///< problems of files, each of which is told once
    };

    void post(Work work);
    void perform(const Work &work);                      // [worker]
    Result<void> openLibrary();                          // [worker]
    Result<QStringList> refreshNow(RunLibrary &library); // [worker]; what the limits removed
    void deliver(std::vector<LibraryEntry> entries);

    const QString m_folder;
    std::vector<LibraryEntry> m_entries;
    QThread m_thread;
    QObject *m_door; ///< lives in m_thread: what is invoked on it happens there
    Worker m_worker; ///< of m_thread alone
};

} // namespace Fanfare
