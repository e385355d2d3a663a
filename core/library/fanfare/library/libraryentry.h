// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runinfo.h>

#include <QString>
#include <QStringList>

namespace Fanfare {

/// A kept run, as a list shows it.
struct LibraryEntry
{
    QString file; ///< name within the folder: what the library knows it by
    QString path; ///< absolute
    QString id;
    QString label; ///< what the user called it, else what the file says; may be empty
    QString notes;
    QStringList tags; ///< sorted
    bool isPinned = false;

    QString executor;
    int workers = 0;
    QString scenario; ///< name of what was played; empty: emitted by hand
    QString series;
    qint64 beginUtc = 0;  ///< milliseconds since 1970
    qint64 size = 0;      ///< bytes
    bool goesOn = false;  ///< it is being recorded now
    bool isEnded = false; ///< in order, and the three below are known
    quint64 tasks = 0;
    quint64 unsuccessful = 0;
    qint64 wall = 0; ///< nanoseconds
    RunEnvironment environment;

    bool operator==(const LibraryEntry &other) const = default;
};

/// What \a entry is one of: runs of one scenario, or label where it was emitted by hand, in one
/// place with as many workers. [any]
QString seriesOf(const LibraryEntry &entry);

/// Whether every word of \a search is in the label, a tag, the notes, the scenario, the host or the
/// place it ran on of \a entry, in any case. A word "tag:x" asks for that very tag. [any]
bool matches(const LibraryEntry &entry, const QString &search);

/// The words of \a text, which are separated by spaces or commas: sorted, each once. [any]
QStringList tagsOf(const QString &text);

} // namespace Fanfare
