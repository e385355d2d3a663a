// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/flightlog.h>

#include <QFile>

#include <memory>

namespace Fanfare {

/// The file in which a flight log lies, mapped into memory.
///
/// Threads: [owner].
class FlightFile
{
public:
    /// A new file, readable by this user only, in the runtime folder of the user if there is one
    /// (memory, no disk), else among the temporary files. Error: Unreadable.
    static Result<std::unique_ptr<FlightFile>> create();

    /// Maps the file that create() of another process made. Error: Unreadable.
    static Result<std::unique_ptr<FlightFile>> open(const QString &path);

    ~FlightFile();
    FlightFile(const FlightFile &) = delete;
    FlightFile &operator=(const FlightFile &) = delete;

    FlightLog &log() const { return *m_log; }
    QString path() const { return m_file->fileName(); }

    /// Takes the file out of its folder; the mappings stay.
    void unlink();

private:
    explicit FlightFile(std::unique_ptr<QFile> file);
    static Result<std::unique_ptr<FlightFile>> map(std::unique_ptr<QFile> file);

    std::unique_ptr<QFile> m_file;
    FlightLog *m_log = nullptr; // the mapping, owned by m_file
};

} // namespace Fanfare
