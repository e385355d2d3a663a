// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/filesaver.h"

#include <QTimer>

namespace Fanfare {

class LogModel;

/// Writes the lines that a log shows to a file. A model belongs to its thread, so the lines are put
/// together in slices between which the window goes on, and another thread waits for the disk.
///
/// Threads: [gui].
class LogSaver final : public QObject
{
    Q_OBJECT

public:
    explicit LogSaver(const LogModel &model, QObject *parent = nullptr);

    void save(const QString &path); ///< the lines there are now; instead of what went on
    void cancel();                  ///< and leaves the file as it was

    static QString textOf(const LogModel &model, int row); ///< cells divided by tabs

Q_SIGNALS:
    void progressed(double share);      ///< 0 to 1, of the lines
    void ended(const QString &problem); ///< a sentence; empty when all is well or was canceled

private:
    void takeSlice();

    const LogModel &m_model;
    FileSaver m_saver;
    QTimer m_timer;
    QString m_path;
    QByteArray m_text;
    quint64 m_first = 0; // number of the first line to save
    quint64 m_next = 0;  // of the next one
    quint64 m_end = 0;
};

} // namespace Fanfare
