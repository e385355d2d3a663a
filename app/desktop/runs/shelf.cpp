// SPDX-License-Identifier: MIT
#include "shelf.h"

namespace Fanfare {

Shelf::Shelf(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_door(new QObject)
{
    m_door->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_door, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("run library"));
    m_thread.start();
}

Shelf::~Shelf()
{
    QMetaObject::invokeMethod(
        m_door,
        [this] {
            m_worker.library.reset(); // its connection belongs to that thread
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void Shelf::post(Work work)
{
    QMetaObject::invokeMethod(
        m_door, [this, work = std::move(work)] { perform(work); }, Qt::QueuedConnection);
}

Result<void> Shelf::openLibrary()
{
    Result<std::unique_ptr<RunLibrary>> library = RunLibrary::open(m_folder);
    if (!library)
        return library.error();
    m_worker.library = *std::move(library);
    if (!m_worker.library->notice().isEmpty())
        Q_EMIT troubled(m_worker.library->notice());
    return {};
}

/// A library that could not be opened is tried again each time: whoever held it may be gone.
void Shelf::perform(const Work &work)
{
    Result<void> done = m_worker.library ? Result<void>() : openLibrary();
    if (done)
        done = work(*m_worker.library);
    if (!done) {
        Q_EMIT troubled(done.error().message);
        return;
    }
    Result<std::vector<LibraryEntry>> entries = m_worker.library->entries();
    if (!entries) {
        Q_EMIT troubled(entries.error().message);
        return;
    }
    QMetaObject::invokeMethod(
        this, [this, list = *std::move(entries)]() mutable { deliver(std::move(list)); },
        Qt::QueuedConnection);
}

void Shelf::deliver(std::vector<LibraryEntry> entries)
{
    m_entries = std::move(entries);
    Q_EMIT changed();
}

Result<QStringList> Shelf::refreshNow(RunLibrary &library)
{
    const Result<QStringList> problems = library.refresh();
    if (!problems)
        return problems.error();
    for (const QString &problem : *problems) {
        if (m_worker.told.contains(problem))
            continue;
        m_worker.told.append(problem);
        Q_EMIT troubled(problem);
    }
    return library.apply(m_worker.retention);
}

void Shelf::refresh()
{
    post([this](RunLibrary &library) {
        const Result<QStringList> gone = refreshNow(library);
        return gone ? Result<void>() : Result<void>(gone.error());
    });
}

void Shelf::setRetention(const Retention &retention)
{
    post([this, retention](RunLibrary &library) {
        m_worker.retention = retention;
        const Result<QStringList> gone = refreshNow(library);
        if (!gone)
            return Result<void>(gone.error());
        if (!gone->isEmpty())
            Q_EMIT surplusRemoved(*gone);
        return Result<void>();
    });
}

void Shelf::setLabel(const QString &file, const QString &label)
{
    post([file, label](RunLibrary &library) { return library.setLabel(file, label); });
}

void Shelf::setTags(const QString &file, const QStringList &tags)
{
    post([file, tags](RunLibrary &library) { return library.setTags(file, tags); });
}

void Shelf::setNotes(const QString &file, const QString &notes)
{
    post([file, notes](RunLibrary &library) { return library.setNotes(file, notes); });
}

void Shelf::setPinned(const QString &file, bool isPinned)
{
    post([file, isPinned](RunLibrary &library) { return library.setPinned(file, isPinned); });
}

void Shelf::remove(const QStringList &files)
{
    post([this, files](RunLibrary &library) {
        const Result<void> done = library.remove(files);
        if (done)
            Q_EMIT removed(files);
        return done;
    });
}

void Shelf::keepAnyway(const QStringList &files)
{
    post([files](RunLibrary &library) {
        Result<void> done;
        for (const QString &file : files)
            done = done ? library.setPinned(file, true) : done;
        return done ? library.restore(files) : done;
    });
}

void Shelf::restore(const QStringList &files)
{
    post([files](RunLibrary &library) { return library.restore(files); });
}

} // namespace Fanfare
